import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { type Account, api, type Json, register, sql } from "../../worker/client.ts";
import { assign, dataOf, newClass, newTeacher, type SchoolClass } from "./class.ts";

let school: SchoolClass;
let assignmentId: string;

beforeAll(async () => {
  const names = ["Zoë", "=SUM(1)", "Ann, B."];
  const pupils = await Promise.all(names.map((full_name) => register({ full_name })));
  school = await newClass(pupils);
  assignmentId = dataOf(await assign(school)).id;
  await sql(
    "update assigned_work set completed_at = now(), last_activity_at = now(), best_smartscore = 91 where student_id = $1",
    [pupils[1]?.id],
  );
});

const grid = () => `/teacher/classrooms/${school.id}/assignments/${assignmentId}/score-grid`;
const figures = () => `/teacher/analytics/classroom/${school.id}`;

const read = (path: string, headers: Record<string, string> = {}, { token }: Account = school.teacher) =>
  api("GET", path, { token, headers });

async function linesOf(path: string) {
  const answer = await read(path);
  expect(answer.headers.get("Content-Type")).toBe("text/csv; charset=utf-8; header=present");
  expect(answer.headers.get("Content-Disposition")).toMatch(/^attachment; filename="[\w-]+\.csv"$/);
  return parse(answer.text, { record_delimiter: "\r\n" });
}

/** A table as CSV has it: a null is an empty cell, what would run as a formula has an apostrophe before it. */
const asLines = (rows: readonly Json[]) => [
  Object.keys(rows[0] ?? {}),
  ...rows.map((row) => Object.values(row).map((value) => String(value ?? "").replace(/^=/, "'="))),
];

describe("as CSV, with the same numbers", () => {
  it("an assignment's score grid, and how many are how far", async () => {
    const { rows, summary } = dataOf(await read(grid()));
    expect(rows).toHaveLength(3);
    expect(await linesOf(`${grid()}?format=csv`)).toEqual(asLines(rows));
    expect(await linesOf(`${grid()}?format=csv&table=summary`)).toEqual(asLines([summary]));
    expect(summary).toEqual({ completed: 1, in_progress: 0, not_started: 2 });
  });

  it("a class in figures, student by student, and of them all", async () => {
    const { students, ...ofAll } = dataOf(await read(figures()));
    expect(await linesOf(`${figures()}?format=csv`)).toEqual(asLines(students));
    expect(await linesOf(`${figures()}?format=csv&table=classroom`)).toEqual(asLines([ofAll]));
  });

  it("also where the Accept header says it, and no table that there is none of", async () => {
    for (const path of [grid(), figures()]) {
      const answer = await read(path, { Accept: "text/csv" });
      expect(answer.headers.get("Content-Type")).toMatch(/^text\/csv/);
      expect((await read(`${path}?format=csv&table=other`)).status).toBe(422);
    }
  });
});

describe("who has just this already", () => {
  it.each(["", "?format=csv"])("is told so with 304, until somebody goes on: %j", async (query) => {
    for (const path of [grid(), figures()]) {
      const first = await read(path + query);
      expect(first.headers.get("Cache-Control")).toBe("private, no-cache");
      const headers = { "If-None-Match": first.headers.get("ETag") ?? "" };
      expect(await read(path + query, headers)).toMatchObject({ status: 304, text: "" });
      const newcomer = await register({ full_name: "New Comer" });
      const body = { student_id: newcomer.id };
      dataOf(await api("POST", `/classrooms/${school.id}/enroll`, { token: school.teacher.token, body }));
      expect((await read(path + query, headers)).status).toBe(200);
    }
  });

  it("is still told that it is none of theirs", async () => {
    const stranger = await newTeacher();
    const etag = (await read(grid())).headers.get("ETag") ?? "";
    expect((await read(grid(), { "If-None-Match": etag }, stranger)).status).toBe(403);
  });
});
