import { describe, expect, it } from "vitest";
import { BoundedCache } from "../../src/bounded-cache.ts";

describe("a bounded cache", () => {
  it("keeps what fits", () => {
    const cache = new BoundedCache<string, number>(3);
    cache.set("a", 1, 1);
    cache.set("b", 2, 2);
    expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([1, 2, undefined]);
  });

  it("lets go what was used longest ago to make room", () => {
    const cache = new BoundedCache<string, number>(2);
    cache.set("a", 1, 1);
    cache.set("b", 2, 1);
    cache.get("a");
    cache.set("c", 3, 1);
    expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([1, undefined, 3]);
  });

  it("counts an entry that is set again once, with its new weight", () => {
    const cache = new BoundedCache<string, number>(4);
    cache.set("a", 1, 1);
    cache.set("b", 2, 3);
    cache.set("b", 3, 2);
    cache.set("c", 4, 1);
    expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([1, 3, 4]);
  });

  it("does not keep, nor make room for, what is heavier than all it may hold", () => {
    const cache = new BoundedCache<string, number>(2);
    cache.set("a", 1, 1);
    cache.set("a", 2, 3);
    cache.set("b", 2, 2);
    cache.set("c", 3, 9);
    expect([cache.get("a"), cache.get("b"), cache.get("c")]).toEqual([undefined, 2, undefined]);
  });
});
