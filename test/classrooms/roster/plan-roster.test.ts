import { describe, expect, it } from "vitest";
import { type Pupil, planRoster } from "../../../src/classrooms/roster/plan-roster.ts";
import type { GoodRow } from "../../../src/classrooms/roster/read-rows.ts";

const row = (n: number, fullName: string, username?: string, gradeLevel = 5): GoodRow => ({
  row: n,
  fullName,
  gradeLevel,
  username,
});

const pupil = (id: string, fullName: string, username: string | null = null, gradeLevel: number | null = 5): Pupil => ({
  id,
  fullName,
  gradeLevel,
  username,
  firstPasswordKey: null,
});

type Known = { inClass?: Pupil[]; taught?: Pupil[]; others?: Pupil[] };

/** Candidates of any row: `pupil`, `pupil2` and `pupil3`. */
function plan(rows: GoodRow[], { inClass = [], taught = [], others = [] }: Known = {}) {
  const known = [
    ...inClass.map((each) => ({ ...each, isTaught: false, isInMost: false })),
    ...taught.map((each) => ({ ...each, isTaught: true, isInMost: false })),
    ...others.map((each) => ({ ...each, isTaught: false, isInMost: false })),
  ];
  const byUsername = new Map(known.flatMap((each) => (each.username === null ? [] : [[each.username, each] as const])));
  const { planned, faults } = planRoster(rows, { inClass, byUsername }, () => ["pupil", "pupil2", "pupil3"]);
  return {
    planned: planned.map((each) =>
      each.action === "create" ? `create ${each.pupil.username}` : `${each.action} ${each.pupil.id}`,
    ),
    faults: faults.map((fault) => `${fault.row} ${fault.column}: ${fault.message}`),
  };
}

const done = (...planned: string[]) => ({ planned, faults: [] });

describe("a row with a username is", () => {
  it("somebody new where nobody has it, whatever the name", () => {
    expect(plan([row(1, "Ana", "ana.b")], { inClass: [pupil("a", "Ana", "ana.a")] })).toEqual(done("create ana.b"));
  });

  it("who has it in the class, who stays as they are", () => {
    const inClass = [pupil("a", "Ana López", "ana", 4)];
    expect(plan([row(1, "ANA  lópez", "ana")], { inClass })).toEqual(done("none a"));
  });

  it("who has it in another class of the teacher's, who comes into this one", () => {
    expect(plan([row(1, "Ana", "ana")], { taught: [pupil("a", "Ana", "ana")] })).toEqual(done("enrol a"));
  });

  it("faulty where somebody else has it, without saying who", () => {
    const { planned, faults } = plan([row(1, "Ana", "ana")], { others: [pupil("a", "Ana", "ana")] });
    expect({ planned, faults }).toEqual({ planned: [], faults: ["1 username: is taken: choose another"] });
    expect(plan([row(1, "Ana", "ben")], { others: [pupil("b", "Ben", "ben")] }).faults).toEqual(faults);
  });

  it.each(["inClass", "taught"])("faulty where a pupil of the teacher's has it under another name (%s)", (where) => {
    const { faults } = plan([row(1, "Ana", "ben")], { [where]: [pupil("b", "Ben Okafor", "ben")] });
    expect(faults).toEqual(["1 username: is that of Ben Okafor"]);
  });
});

describe("a row without a username is", () => {
  it("who has its name and grade in the class, however it is written", () => {
    const inClass = [pupil("a", "Ana López", "ana"), pupil("b", "ana lo\u0301pez", "ana4", 4), pupil("c", "Cem")];
    expect(plan([row(1, "ANA LÓPEZ"), row(2, "Cem")], { inClass })).toEqual(done("none a", "none c"));
  });

  it("somebody new where name or grade is another, or who has them is not in the class", () => {
    const known = { inClass: [pupil("a", "Ana", "ana", 4)], taught: [pupil("b", "Ana", "ana2")] };
    expect(plan([row(1, "Ana")], known)).toEqual(done("create pupil"));
  });

  it("given the first username that nobody has, in the roster or elsewhere", () => {
    const others = [pupil("x", "X", "pupil")];
    expect(plan([row(1, "Ana"), row(2, "Ben", "pupil2")], { others })).toEqual(done("create pupil3", "create pupil2"));
    expect(plan([row(1, "Ana"), row(2, "Ben")])).toEqual(done("create pupil", "create pupil2"));
  });

  it("faulty where no username is left for it", () => {
    expect(plan([1, 2, 3, 4].map((n) => row(n, `Ana ${n}`))).faults).toEqual([
      "4 username: is needed: none could be made from this name",
    ]);
  });

  it("faulty where the class has several of its name and grade", () => {
    const inClass = [pupil("a", "Ana", "ana.a"), pupil("b", "Ana", "ana.b")];
    expect(plan([row(1, "Ana")], { inClass }).faults).toEqual([
      "1 username: is needed: the class has several of this name and grade",
    ]);
  });
});

it("two rows that are the same pupil, by username and by name, are a fault", () => {
  const inClass = [pupil("a", "Ana", "ana")];
  const { faults } = plan([row(1, "Ana", "ana", 4), row(2, "Ana")], { inClass });
  expect(faults).toEqual(["2 : is the same pupil as row 1"]);
});
