import { beforeAll, describe, expect, it } from "vitest";
import { newPerson, type Person } from "../classrooms/school.ts";
import type { Json } from "../worker/client.ts";
import { ask, cellOf, csvOf, EVER, type Query, reportOf } from "./asking.ts";
import { randomHistory, type Scene, sceneOf } from "./scene.ts";

let scene: Scene;
let admin: Person;
let pupil: Person;

beforeAll(async () => {
  scene = await sceneOf([51, 52, 53, 54, 55].map((seed) => randomHistory(seed, 12)));
  admin = await newPerson("ADMIN");
  const found = scene.pupils.find(({ person }) => person.name.startsWith("="));
  if (!found) throw new Error("somebody is called like a formula");
  pupil = found.person;
}, 60_000);

type Rows = (data: Json) => Json[];

/** The rows of a report's JSON that a CSV holds: those of the member that has its name. */
const member =
  (name: string): Rows =>
  (data) =>
    [data[name]].flat();

type Viewer = "student" | "teacher" | "admin";

type Table = { report: string; viewer: Viewer; table: string; rows: Rows };

const tablesOf = (viewer: Viewer, report: string, ...tables: string[]): Table[] =>
  tables.map((table) => ({ viewer, report, table, rows: member(table) }));
const ofStudent = (report: string, ...tables: string[]) => tablesOf("student", report, ...tables);
const ofClass = (report: string, ...tables: string[]) => tablesOf("teacher", report, ...tables);

const viewerOf = (viewer: Viewer) => ({ student: pupil, teacher: scene.teacher, admin })[viewer];
const pathOf = ({ viewer, report }: Table) =>
  viewer === "teacher" ? `/teacher/classrooms/${scene.classroomId}/${report}` : `/analytics/${report}`;

/** Every table of every report whose rows are flat in JSON too. */
const TABLES: readonly Table[] = [
  ...ofStudent("summary", "totals", "trouble_spots", "next_skills"),
  ...ofStudent("usage", "sessions", "days", "skills"),
  ...ofStudent("score-chart", "skills"),
  ...ofStudent("trouble-spots", "skills", "missed_questions"),
  ...ofStudent("progress", "skills"),
  { viewer: "student", report: "skills", table: "skills", rows: (data) => data },
  ...ofClass("quick-view", "spans", "attention"),
  ...ofClass("usage", "students", "days", "skills", "sessions"),
  ...ofClass("score-grid", "skills"),
  ...ofClass("skills/2/score-chart", "students", "levels"),
  ...ofClass("trouble-spots", "skills", "students", "missed_questions"),
  ...ofClass("progress", "rows"),
  ...ofClass("skills/2/questions-log", "attempts"),
  ...ofClass("skills/2/item-analysis", "items", "wrong_answers"),
  ...ofClass("groups", "students", "skills", "next_skills"),
  ...ofClass("effort", "students", "skills", "rapid_guesses"),
  ...tablesOf("admin", "skills/2/item-analysis", "items", "wrong_answers"),
];

describe("a CSV has the JSON's rows, cell for cell", () => {
  it.each(TABLES)("$report of a $viewer: $table", async (each) => {
    const viewer = viewerOf(each.viewer);
    const { data } = await reportOf(viewer, pathOf(each), EVER);
    const { header, lines } = await csvOf(viewer, pathOf(each), { ...EVER, table: each.table });
    const expected = each.rows(data);
    expect(lines).toEqual(expected.map((row) => header.map((name) => cellOf(row[name]))));
    for (const row of expected) expect(Object.keys(row)).toEqual(header);
  });

  it("the first table where none is named", async () => {
    const plain = await csvOf(pupil, "/analytics/usage", EVER);
    expect(plain.text).toBe((await csvOf(pupil, "/analytics/usage", { ...EVER, table: "sessions" })).text);
  });

  it("is named by its report, its table and its period, and says how fresh it is", async () => {
    const nameOf = async (query: Query) => {
      const answer = await ask(pupil, "/analytics/usage", { ...query, format: "csv" });
      return [answer.headers.get("Content-Disposition"), answer.headers.get("Last-Modified")];
    };
    const { meta } = await reportOf(pupil, "/analytics/usage", EVER);
    const asOf = new Date(meta.as_of).toUTCString();
    const period = "from-2025-12-01-to-2026-12-31";
    expect(await nameOf(EVER)).toEqual([`attachment; filename="usage-${period}.csv"`, asOf]);
    expect(await nameOf({ ...EVER, table: "days" })).toEqual([`attachment; filename="usage-days-${period}.csv"`, asOf]);
  });

  it("the score grid, a line a student and a column a skill", async () => {
    const path = `/teacher/classrooms/${scene.classroomId}/score-grid`;
    const { data } = await reportOf(scene.teacher, path);
    const { header, lines } = await csvOf(scene.teacher, path);
    expect(header).toEqual([
      "student_id",
      "full_name",
      ...data.skills.map((skill: Json) => `${skill.skill_name} (${skill.permacode})`),
    ]);
    expect(lines).toEqual(
      data.students.map(({ student_id, full_name, smartscores }: Json) =>
        [student_id, full_name, ...smartscores].map(cellOf),
      ),
    );
  });

  it("the overview, and its skills by grade", async () => {
    const { data } = await reportOf(pupil, "/analytics/overview");
    const { total_skills_by_grade, ...totals } = data;
    const overview = await csvOf(pupil, "/analytics/overview");
    expect([overview.header, ...overview.lines]).toEqual([Object.keys(totals), Object.values(totals).map(String)]);
    const grades = await csvOf(pupil, "/analytics/overview", { table: "grades" });
    expect(grades.lines).toEqual(
      Object.entries(total_skills_by_grade).map(([grade, skills]) => [grade, String(skills)]),
    );
  });

  it("all questions, and the questions log with its sessions, answers as text", async () => {
    const { data } = await reportOf(pupil, "/analytics/all-questions");
    const questions = await csvOf(pupil, "/analytics/all-questions");
    expect(questions.lines).toEqual(
      data.map((row: Json) => Object.values({ ...row, question_data: JSON.stringify(row.question_data) }).map(cellOf)),
    );
    const skillId = data[0].skill_id;
    const log = await csvOf(pupil, `/analytics/skills/${skillId}/questions-log`);
    const inLog = data.filter((row: Json) => row.skill_id === skillId);
    const column = (name: string) => log.lines.map((line) => line[log.header.indexOf(name)]).toSorted();
    expect(column("attempt_id")).toEqual(inLog.map((row: Json) => row.attempt_id).toSorted());
    expect(column("submitted_answer")).toEqual(inLog.map((row: Json) => cellOf(row.user_answer)).toSorted());
    expect(column("change_message").every((message) => message !== "")).toBe(true);
  });
});

describe("a spreadsheet takes no cell for a formula", () => {
  it("texts that begin like one have an apostrophe before them, numbers below zero stay numbers", async () => {
    const usage = await csvOf(scene.teacher, `/teacher/classrooms/${scene.classroomId}/usage`, EVER);
    expect(usage.lines.map(([, name]) => name)).toContain(`'${pupil.name}`);
    const progress = await csvOf(scene.teacher, `/teacher/classrooms/${scene.classroomId}/progress`, EVER);
    const changes = progress.lines.map((line) => line[progress.header.indexOf("smartscore_change")] ?? "");
    expect(changes.some((change) => /^-\d+$/.test(change))).toBe(true);
    const cells = [...usage.lines, ...progress.lines].flat();
    expect(cells.filter((cell) => /^[=+@\t\r]|^-\D/.test(cell))).toEqual([]);
  });

  it("lines end as RFC 4180 has it, the header comes first, and names keep their letters", async () => {
    const { text, header } = await csvOf(scene.teacher, `/teacher/classrooms/${scene.classroomId}/usage`, EVER);
    expect(text.startsWith(`${header.join(",")}\r\n`)).toBe(true);
    expect(text.endsWith("\r\n")).toBe(true);
    for (const { person } of scene.pupils) expect(text).toContain(person.name);
  });
});

describe("which form a report has", () => {
  const path = "/analytics/progress";
  const typeOf = async (query: Query, headers: Record<string, string> = {}) =>
    (await ask(pupil, path, query, headers)).headers.get("Content-Type");

  it("is said by `format`, else by the Accept header, else it is JSON", async () => {
    expect(await typeOf({})).toBe("application/json");
    expect(await typeOf({}, { Accept: "text/csv" })).toMatch(/^text\/csv/);
    expect(await typeOf({ format: "csv" })).toMatch(/^text\/csv/);
    expect(await typeOf({ format: "json" }, { Accept: "text/csv, */*" })).toBe("application/json");
    expect((await ask(pupil, path, {}, { Accept: "text/html" })).status).toBe(406);
  });

  it("is refused where it is none of the report's", async () => {
    for (const query of [{ format: "xlsx" }, { table: "days" }]) {
      const answer = await ask(pupil, path, query);
      expect(answer.status).toBe(422);
      expect(answer.json().error.details[0].path).toBe(Object.keys(query)[0]);
    }
  });
});
