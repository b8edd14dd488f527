import { expect, test } from "vitest";
import { pauseBeforeRestart } from "../../dev/workerd/supervisor.ts";

test("workerd is started again at once, then after pauses that double up to ten seconds", () => {
  const pauses = [1, 2, 3, 4, 8, 9, 20].map(pauseBeforeRestart);
  expect(pauses).toEqual([0, 100, 200, 400, 6_400, 10_000, 10_000]);
});
