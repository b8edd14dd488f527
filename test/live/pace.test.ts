import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Pace } from "../../src/live/pace.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function paced() {
  const said: string[] = [];
  const pace = new Pace(1_000, (id) => said.push(id));
  return { said, pace };
}

describe("what is said of many", () => {
  it("is said at once of each", () => {
    const { said, pace } = paced();
    pace.say("ana");
    pace.say("ben");
    expect(said).toEqual(["ana", "ben"]);
  });

  it("is said of one once in a time, and what came meanwhile when it is over", () => {
    const { said, pace } = paced();
    for (let times = 0; times < 5; times++) pace.say("ana");
    vi.advanceTimersByTime(999);
    expect(said).toEqual(["ana"]);
    vi.advanceTimersByTime(1);
    expect(said).toEqual(["ana", "ana"]);
    pace.say("ana");
    vi.advanceTimersByTime(999);
    expect(said).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(said).toHaveLength(3);
  });

  it("is not said again where nothing came, and leaves nothing to wait for", () => {
    const { said, pace } = paced();
    pace.say("ana");
    vi.advanceTimersByTime(1_000);
    expect([said, vi.getTimerCount()]).toEqual([["ana"], 0]);
    pace.say("ana");
    expect(said).toHaveLength(2);
  });
});
