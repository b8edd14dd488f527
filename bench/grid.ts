/**
 * `npm run bench:grid [-- rounds]`: what teachers and students ask about assigned work, for a class of 1,000 with 20
 * assignments among ten such classes: statements, time with and without the wire, the size of the reply, and what the
 * plan reads. Then what it costs to give a class of 1,000 its work. On the embedded Postgres, or on LOCAL_DATABASE_URL.
 * Prints a table, and the same as JSON in .local/bench/grid.json.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runCommand, say, step } from "../dev/local/say.ts";
import { createPlatform, type Platform } from "../dev/platform/index.ts";
import { migrateDatabase } from "../dev/platform/migrate.ts";
import { servePlatform } from "../dev/platform/server.ts";
import { seed } from "../drizzle/seed/seed.ts";
import { changeAssignment } from "../src/classrooms/assignments/change-assignment.ts";
import { createAssignments } from "../src/classrooms/assignments/create-assignments.ts";
import { listMyAssignments } from "../src/classrooms/assignments/my-assignments.ts";
import { readClassAnalytics } from "../src/classrooms/assignments/read-class-analytics.ts";
import { readScoreGrid } from "../src/classrooms/assignments/read-score-grid.ts";
import { createDatabase } from "../src/db/client.ts";
import { applyEvents } from "../src/practice/apply-events.ts";
import { answersOf, numbers } from "./grid/answers.ts";
import { type Plan, planOf, type Sent } from "./grid/plans.ts";
import { newSchool, type School } from "./grid/school.ts";
import { median, quantile } from "./load/figures.ts";

const SIZE = { classes: 10, students: 1_000, assignments: 20, otherClasses: 2_000, studentsOfOthers: 50 };
const PARENT = join(".local", "bench");

type Row = {
  readonly what: string;
  readonly requests: number;
  readonly statements: number;
  readonly p50: number;
  readonly p99: number;
  readonly kilobytes: number;
  readonly plan: Plan | null;
};

await runCommand(async () => {
  const [rounds = 30] = process.argv.slice(2).map(Number);
  const databaseUrl = process.env.LOCAL_DATABASE_URL;
  const platform = await createPlatform({ databaseUrl, redisToken: "unused" });
  const wire: Sent[][] = [];
  const served = await servePlatform(listenedTo(platform, wire), { port: 0 });
  const db = createDatabase("postgres://bench:bench@database.test/main", `${served.url}/sql`);
  try {
    await step("Migrations and catalog", async () => {
      await migrateDatabase(platform.database);
      await seed(platform.database, { demo: false });
    });
    const { classes, students, assignments } = SIZE;
    const school = await step(`${classes} classes of ${students} students with ${assignments} assignments`, () =>
      newSchool(platform.database, SIZE),
    );
    const rows: Row[] = [];
    for (const [what, ask] of questionsAbout(school, db)) {
      rows.push(await measured({ platform, wire, rounds }, what, ask));
    }
    for (const [what, ask] of drainsOf(school, db)) rows.push(await measured({ platform, wire, rounds }, what, ask));
    for (const [what, ask] of changesTo(school, db))
      rows.push(await measured({ platform, wire, rounds: 5 }, what, ask));
    print(rows, { rounds, on: databaseUrl === undefined ? "the embedded Postgres" : "a real Postgres" });
    await mkdir(PARENT, { recursive: true });
    await writeFile(join(PARENT, "grid.json"), JSON.stringify({ ...SIZE, rounds, rows }, null, 2));
    await step("The classes are taken out again", school.close);
  } finally {
    await served.close();
    await platform.close();
  }
});

type Db = ReturnType<typeof createDatabase>;
type Ask = () => Promise<unknown>;

function questionsAbout({ teacherId, classroomId, studentId }: School, db: Db): [string, Ask][] {
  const teacher = { userId: teacherId, role: "TEACHER" } as const;
  const ofStudent = { principal: { userId: studentId, role: "STUDENT" }, studentId } as const;
  const assignmentId = listMyAssignments({ db }, ofStudent).then(({ data }) => data[0]?.assignment.id ?? "");
  return [
    ["score grid", async () => readScoreGrid({ db }, teacher, { classroomId, assignmentId: await assignmentId })],
    ["class analytics", () => readClassAnalytics({ db }, teacher, classroomId)],
    ["a student's assignments", () => listMyAssignments({ db }, ofStudent)],
  ];
}

/** One answer on its way into the record: of a skill that is assigned, and of one that is not. */
function drainsOf({ studentId, skillIds, otherSkillId }: School, db: Db): [string, Ask][] {
  const nextNumber = numbers();
  const assigned = answersOf(studentId, skillIds[0] ?? 1, nextNumber);
  const other = answersOf(studentId, otherSkillId, nextNumber);
  return [
    ["an answer of an assigned skill", () => applyEvents(db, assigned())],
    ["an answer of another skill", () => applyEvents(db, other())],
  ];
}

function changesTo({ teacherId, classroomId, skillIds }: School, db: Db): [string, Ask][] {
  const teacher = { userId: teacherId, role: "TEACHER" } as const;
  const give = (skills: readonly number[], target_smartscore = 80) =>
    createAssignments(
      { db },
      teacher,
      { setId: crypto.randomUUID(), skills: skills.map((skillId) => ({ id: crypto.randomUUID(), skillId })) },
      { classroom_id: classroomId, target_smartscore },
    );
  return [
    ["give the class a skill", () => give(skillIds.slice(0, 1))],
    [`give the class ${skillIds.length} skills`, () => give(skillIds)],
    [
      "give it a skill and lower the target",
      async () => {
        const [made] = await give(skillIds.slice(0, 1), 100);
        return changeAssignment({ db }, teacher, made?.id ?? "", { target_smartscore: 70 });
      },
    ],
  ];
}

type Bench = { readonly platform: Platform; readonly wire: Sent[][]; readonly rounds: number };

async function measured({ platform, wire, rounds }: Bench, what: string, ask: Ask): Promise<Row> {
  const reply = await ask();
  const times: number[] = [];
  wire.length = 0;
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now();
    await ask();
    times.push(performance.now() - startedAt);
  }
  const [sent = []] = wire;
  const only = sent.length === 1 ? sent[0] : undefined;
  return {
    what,
    requests: wire.length / rounds,
    statements: wire.flat().length / rounds,
    p50: median(times),
    p99: quantile(times, 0.99),
    kilobytes: JSON.stringify(reply).length / 1000,
    plan: only ? await planOf(platform.database, only) : null,
  };
}

/** The platform, with what is sent to Postgres written down, a list a request. */
function listenedTo(platform: Platform, wire: Sent[][]): Platform {
  return {
    ...platform,
    handle: async (request) => {
      const body = (await request.clone().json()) as Sent | { readonly queries: readonly Sent[] };
      wire.push("queries" in body ? [...body.queries] : [body]);
      return platform.handle(request);
    },
  };
}

function print(rows: readonly Row[], { rounds, on }: { readonly rounds: number; readonly on: string }): void {
  const { classes, students, assignments, otherClasses, studentsOfOthers } = SIZE;
  say(
    `\n${students} students × ${assignments} assignments, one of ${classes} such classes, beside ${otherClasses} of ${studentsOfOthers}, on ${on}; ${rounds} rounds\n`,
  );
  const line = (cells: readonly string[]) =>
    say(
      `${cells[0]?.padEnd(40)}${cells
        .slice(1)
        .map((cell) => cell.padStart(12))
        .join("")}`,
    );
  line(["", "requests", "statements", "p50 ms", "p99 ms", "in Postgres", "kB"]);
  for (const { what, requests, statements, p50, p99, kilobytes, plan } of rows) {
    const inPostgres = plan === null ? "" : plan.executionMs.toFixed(1);
    line([
      what,
      String(requests),
      String(statements),
      p50.toFixed(1),
      p99.toFixed(1),
      inPostgres,
      kilobytes.toFixed(0),
    ]);
  }
  for (const { what, plan } of rows) {
    if (plan === null) continue;
    say(`\n${what}\n  by index: ${plan.indexes.join(", ")}\n  scanned whole: ${plan.scanned.join(", ") || "nothing"}`);
  }
}
