import { expect, it } from "vitest";
import { ofOneState } from "../../../src/reports/pdf/of-one-state.ts";

/** A pair of reports a reading, of these states of the record. */
function reading(...states: (readonly [string, string])[]) {
  let readings = 0;
  const read = async (): Promise<[{ version: string }, { version: string }]> => {
    const [one = "", other = ""] = states[readings++] ?? [];
    return [{ version: one }, { version: other }];
  };
  return { read, readings: () => readings };
}

it("reports of one state are read once", async () => {
  const { read, readings } = reading(["1", "1"]);
  expect(await ofOneState(read)).toEqual([{ version: "1" }, { version: "1" }]);
  expect(readings()).toBe(1);
});

it("both are read again where an answer came between them", async () => {
  const { read, readings } = reading(["1", "2"], ["2", "2"]);
  expect(await ofOneState(read)).toEqual([{ version: "2" }, { version: "2" }]);
  expect(readings()).toBe(2);
});
