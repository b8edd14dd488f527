import { expect, it } from "vitest";
import { answersOf } from "../../../bench/grid/answers.ts";
import { applyEvents } from "../../../src/practice/apply-events.ts";
import { sharedServices } from "../../../src/services.ts";
import { bindings } from "../../worker/apps.ts";
import { type Account, api, register } from "../../worker/client.ts";
import { assign, change, dataOf, enrol, newClass, remove } from "./class.ts";
import { compared } from "./compared.ts";

const { db } = sharedServices(bindings);

const STUDENTS = 5;
const ASSIGNMENTS = 8;

it("answers that reach the record while work is given, changed, taken back and students come and go are all counted", async () => {
  const students = await Promise.all(Array.from({ length: STUDENTS }, () => register()));
  const school = await newClass(students.slice(0, 2));
  let isOver = false;

  const answering = async ({ id }: Account) => {
    const next = answersOf(id, 1);
    while (!isOver) {
      const batch = next(Math.floor(Math.random() * 101));
      // Now and then twice, as after a lost reply.
      const times = Math.random() < 0.2 ? 2 : 1;
      await Promise.all(Array.from({ length: times }, () => applyEvents(db, batch)));
    }
  };
  const teaching = async () => {
    const ids: string[] = [];
    for (let count = 0; count < ASSIGNMENTS; count++) {
      ids.push(dataOf(await assign(school, { target_smartscore: [70, 80, 90, 100][count % 4] })).id);
      const [which] = ids;
      if (count % 3 === 1 && which) dataOf(await change(school, which, { target_smartscore: 70 }));
      if (count % 4 === 3) dataOf(await api("DELETE", `/assignments/${ids.shift()}`, { token: school.teacher.token }));
    }
    return ids;
  };
  const movingAbout = async () => {
    for (let count = 0; count < ASSIGNMENTS; count++) {
      const student = students[count % STUDENTS];
      if (!student) throw new Error("there are five");
      await enrol(school, student);
      if (count % 2 === 0) await remove(school, student);
    }
  };

  const answers = students.map(answering);
  const [ids] = await Promise.all([teaching(), movingAbout()]);
  await Promise.all(students.map((student) => enrol(school, student)));
  isOver = true;
  await Promise.all(answers);

  const rows = await compared(school);
  expect(rows).toHaveLength(ids.length * STUDENTS);
  for (const { stored, counted, target } of rows) {
    const { active_ms: _, completed_at: completedAt, ...rest } = counted;
    expect(stored).toMatchObject(rest);
    if (counted.best >= target) expect(stored.completed_at).not.toBeNull();
    if (stored.completed_at === null) expect(completedAt).toBeNull();
  }
});
