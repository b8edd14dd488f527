import { describe, expect, it } from "vitest";
import { isolateWindow } from "../../src/http/isolate-window.ts";

const MINUTE = 60_000;

describe("a window in the isolate", () => {
  it("allows as many as it says, and again when it has run out", () => {
    const window = isolateWindow({ decidedHere: 2, inAll: 9 }, MINUTE);
    expect(window.use("a", 0)).toEqual({ allowed: true, limit: 2, remaining: 1, resetSec: 60 });
    expect(window.use("a", 30_000)).toEqual({ allowed: true, limit: 2, remaining: 0, resetSec: 30 });
    expect(window.use("a", 59_999)).toEqual({ allowed: false, limit: 2, remaining: 0, resetSec: 1 });
    expect(window.use("a", 60_000)).toEqual({ allowed: true, limit: 2, remaining: 1, resetSec: 60 });
  });

  it("counts each key apart", () => {
    const window = isolateWindow({ decidedHere: 1, inAll: 9 }, MINUTE);
    expect([window.use("a", 0).allowed, window.use("b", 0).allowed, window.use("a", 1).allowed]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("knows what was decided elsewhere", () => {
    const window = isolateWindow({ decidedHere: 2, inAll: 3 }, MINUTE);
    for (const key of ["a", "a", "b", "b", "b"]) window.note(key, 0);
    expect(window.use("a", 1)).toEqual({ allowed: true, limit: 2, remaining: 0, resetSec: 60 });
    expect([window.use("a", 2).allowed, window.use("b", 2).allowed]).toEqual([false, false]);
    expect([window.use("a", MINUTE).allowed, window.use("b", MINUTE).allowed]).toEqual([true, true]);
  });

  it("remembers a bounded number of keys and forgets those used longest ago", () => {
    const window = isolateWindow({ decidedHere: 1, inAll: 9 }, MINUTE, 2);
    window.use("a", 0);
    window.use("b", 0);
    window.use("a", 1);
    window.use("c", 2);
    expect(window.use("a", 3).allowed).toBe(false);
    expect(window.use("b", 4).allowed).toBe(true);
  });
});
