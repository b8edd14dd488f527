import { expect, it } from "vitest";
import { classOf, type Person } from "../classrooms/school.ts";
import { type Json, sql } from "../worker/client.ts";
import { reportOf } from "./asking.ts";
import { recordHistory } from "./student/history.ts";

it("skills of a topic come as their codes are counted: the tenth after the ninth", async () => {
  const codes = ["N.1", "N.2", "N.9", "N.10", "N.11", "N.20", "N.100"];
  const rows = await sql<{ id: number; code: string }>(
    `insert into skills (subject_id, grade_id, code, title)
     select 5, 13, code, code from unnest($1::text[]) as code order by md5(code) returning id, code`,
    [codes],
  );
  const { teacher, pupils, classroom } = await classOf(1);
  const [student] = pupils as [Person];
  const deeds = [{ did: "answer" as const, afterSec: 5, right: true }];
  const startedAt = "2026-02-03T10:00:00.000Z";
  await recordHistory(
    student.id,
    rows.map(({ id }) => ({ skillId: id, startedAt, deeds })),
  );
  const names = (skills: readonly Json[]) => skills.map(({ skill_name }) => skill_name);
  expect(names((await reportOf(student, "/analytics/score-chart")).data.skills)).toEqual(codes);
  expect(names((await reportOf(student, "/analytics/progress")).data.skills)).toEqual(codes);
  const grid = `/teacher/classrooms/${classroom.id}/score-grid`;
  expect(names((await reportOf(teacher, grid)).data.skills)).toEqual(codes);
});
