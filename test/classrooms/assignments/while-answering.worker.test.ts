import { afterEach, expect, it } from "vitest";
import { type Account, clearFaults, register, setFault } from "../../worker/client.ts";
import { answerCurrent, begin } from "../../worker/practice.ts";
import { assign, change, dataOf, drained, enrol, newClass, remove, type SchoolClass } from "./class.ts";
import { compared } from "./compared.ts";

afterEach(async () => {
  await clearFaults();
});

const ANSWERS = 12;

/** Answers one question after the other; mostly right. */
async function answering(student: Account): Promise<void> {
  let session = await begin(student);
  for (let count = 0; count < ANSWERS; count++) {
    session = (await answerCurrent(student, session, count % 5 !== 4)).session;
    await pause(count % 5);
  }
}

/** Gives up the turn so many times: how things come to interleave. */
async function pause(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setTimeout(resolve, 25));
}

/**
 * Everything settled: each student has each of the class's assignments, each as the attempts have it. The time of who came
 * later is shared out by days: the histories have that.
 */
async function expectExact(
  school: SchoolClass,
  students: readonly Account[],
  { assignments, withTime }: { assignments: number; withTime: boolean },
): Promise<void> {
  await clearFaults();
  await Promise.all(students.map(drained));
  const rows = await compared(school);
  expect(rows).toHaveLength(assignments * students.length);
  for (const { stored, counted } of rows) {
    expect(withTime ? stored : { ...stored, active_ms: counted.active_ms }).toEqual(counted);
  }
  expect(rows.some(({ stored }) => stored.questions > 0 && stored.questions < ANSWERS)).toBe(true);
}

const newcomers = () => Promise.all([register(), register(), register()]);

it("what is assigned while students answer, on a slow Postgres, counts every answer since, and none twice", async () => {
  const students = await newcomers();
  const school = await newClass(students);
  await setFault({ target: "postgres", kind: "delay", ms: 120 });
  const assigning = async () => {
    for (const turns of [3, 7, 5, 11]) {
      await pause(turns);
      dataOf(await assign(school, { target_smartscore: 70 }));
    }
  };
  await Promise.all([assigning(), ...students.map(answering)]);
  await expectExact(school, students, { assignments: 4, withTime: true });
});

it("who joins, leaves and comes back while answering has all that counts", async () => {
  const students = await newcomers();
  const school = await newClass(students.slice(0, 1));
  dataOf(await assign(school, { target_smartscore: 70 }));
  const coming = students.map(async (student, index) => {
    await pause(2 + index * 6);
    await Promise.all([enrol(school, student), enrol(school, student)]);
    await pause(5);
    await remove(school, student);
    dataOf(await assign(school, { skill_ids: [1], target_smartscore: 70 }));
    await pause(3);
    await enrol(school, student);
  });
  await Promise.all([...coming, ...students.map(answering)]);
  await expectExact(school, students, { assignments: 1 + students.length, withTime: false });
});

it("a target that is lowered while students answer leaves nobody behind who has reached it", async () => {
  const students = await newcomers();
  const school = await newClass(students);
  const { id } = dataOf(await assign(school, { target_smartscore: 100 }));
  const lowering = async () => {
    for (const target_smartscore of [90, 80, 70]) {
      await pause(6);
      dataOf(await change(school, id, { target_smartscore }));
    }
  };
  await Promise.all([lowering(), ...students.map(answering)]);
  await Promise.all(students.map(drained));
  const rows = await compared(school);
  expect(rows).toHaveLength(students.length);
  for (const { stored, counted, target } of rows) {
    expect({ ...stored, completed_at: null }).toEqual({ ...counted, completed_at: null });
    expect(stored.completed_at !== null).toBe(counted.best >= target);
  }
});
