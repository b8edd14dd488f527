/**
 * `npm run bench:live [-- classes] [-- seconds] [-- rounds]`: how long an answer takes until its reply and until it is on the
 * teacher's page, on plain workerd, for one class of 30 and for so many classes. As many classes again answer at the same
 * time and are not watched, so that what watching costs the students shows whatever else the machine does; each round
 * the two halves change places. Prints a table, and the same as JSON in .local/bench/live.json.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { newSigningKey } from "../dev/keys.ts";
import { runCommand, say, step } from "../dev/local/say.ts";
import { Answering, type Times } from "./live/answering.ts";
import type { LiveClient } from "./live/live-client.ts";
import { newSchool, type SchoolClass, watchClass } from "./live/school.ts";
import { openClient } from "./load/client.ts";
import { median, quantile } from "./load/figures.ts";
import { openLoop } from "./load/loops.ts";
import { type StackApart, startStackApart } from "./load/stack-apart.ts";

const STUDENTS_A_CLASS = 30;
/** How often a student answers: in one class more often than any would, for the number of answers; in many as they do. */
const SECONDS_AN_ANSWER = { one: 2, many: 20 };
const WARM_UP_SECONDS = 2;
/** After so long, what the teachers' coming set off is over: students' objects that were asked and are idle have left memory again. */
const SETTLING_MS = 15_000;
/** What no teacher has seen by then is lost. */
const LOST_AFTER_MS = 10_000;

type Row = {
  /** So many classes are watched, and so many are not. */
  readonly classes: number;
  readonly answersPerSec: number;
  readonly alone: Quantiles;
  readonly watched: Quantiles;
  readonly teacher: Quantiles;
  readonly unseen: number;
  /** The share of watched answers that took longer than 99 of 100 of the others. */
  readonly slow: number;
};
type Quantiles = { readonly answers: number; readonly p50: number; readonly p99: number };

await runCommand(async () => {
  const [classes = 10, seconds = 10, rounds = 3] = process.argv.slice(2).map(Number);
  const parent = join(".local", "bench");
  await mkdir(parent, { recursive: true });
  const dir = await mkdtemp(join(parent, "live-"));
  const jwtKeys = JSON.stringify({ keys: [await newSigningKey()] });
  const stack = await step("The product", () =>
    startStackApart({
      dir,
      demo: false,
      settings: { JWT_KEYS: jwtKeys, SUBMIT_RATE_LIMIT: "0", HEARTBEAT_RATE_LIMIT: "0" },
      databaseUrl: process.env.LOCAL_DATABASE_URL,
      redisUrl: process.env.LOCAL_REDIS_URL,
    }),
  );
  try {
    const rows: Row[] = [];
    for (const [count, pause] of [
      [1, SECONDS_AN_ANSWER.one],
      [classes, SECONDS_AN_ANSWER.many],
    ] as const) {
      const { platformUrl } = stack;
      const school = await step(`Twice ${count} classes of ${STUDENTS_A_CLASS}`, () =>
        newSchool({ platformUrl, jwtKeys, classes: 2 * count, studentsAClass: STUDENTS_A_CLASS }),
      );
      const ratePerSec = (2 * count * STUDENTS_A_CLASS) / pause;
      rows.push(await measured(stack, school, { seconds, rounds, ratePerSec }));
    }
    print(rows, { seconds, rounds });
    await writeFile(join(parent, "live.json"), JSON.stringify({ seconds, rounds, rows }, null, 2));
  } finally {
    await stack.stop();
    await rm(dir, { recursive: true, force: true });
  }
});

type Load = { readonly seconds: number; readonly rounds: number; readonly ratePerSec: number };

async function measured(stack: StackApart, school: readonly SchoolClass[], load: Load): Promise<Row> {
  const client = openClient(stack.baseUrl);
  const answering = new Answering(client);
  const students = school.flatMap((each) => each.students);
  const users = answering.users(students);
  const runs: Times[] = [];
  try {
    await step(`${students.length} students begin`, () => answering.begin(students));
    await openLoop(users, load.ratePerSec, WARM_UP_SECONDS);
    for (let round = 1; round <= load.rounds; round += 1) {
      await step(`Round ${round} of ${load.rounds}, ${load.ratePerSec} answers a second`, async () => {
        const pages = await watchAll(
          stack,
          school.filter((_, index) => index % 2 === round % 2),
        );
        await sleep(SETTLING_MS);
        answering.take();
        for (const { page, watched } of pages) answering.watchedBy(page, watched);
        await openLoop(users, load.ratePerSec, load.seconds);
        const endsAt = performance.now() + LOST_AFTER_MS;
        while (answering.unseen > 0 && performance.now() < endsAt) await sleep(10);
        runs.push(answering.take());
        await Promise.all(pages.map(({ page }) => page.stop()));
      });
    }
  } finally {
    client.close();
  }
  return toRow(school.length / 2, load, runs);
}

/** A page for each class, one after the other, as teachers come. */
async function watchAll(stack: StackApart, school: readonly SchoolClass[]) {
  const pages: { page: LiveClient; watched: SchoolClass["students"] }[] = [];
  for (const each of school) pages.push({ page: await watchClass(stack.baseUrl, each), watched: each.students });
  return pages;
}

/** Quantiles are medians over the rounds; the share of slow answers is the mean of the rounds. */
function toRow(classes: number, { ratePerSec }: Load, runs: readonly Times[]): Row {
  const quantiles = (member: "aloneReplyMs" | "watchedReplyMs" | "teacherMs"): Quantiles => ({
    answers: runs.reduce((sum, times) => sum + times[member].length, 0),
    p50: median(runs.map((times) => quantile(times[member], 0.5))),
    p99: median(runs.map((times) => quantile(times[member], 0.99))),
  });
  const slow = runs.map(({ aloneReplyMs, watchedReplyMs }) => {
    const usualMs = quantile(aloneReplyMs, 0.99);
    return watchedReplyMs.filter((ms) => ms > usualMs).length / watchedReplyMs.length;
  });
  return {
    classes,
    answersPerSec: ratePerSec,
    alone: quantiles("aloneReplyMs"),
    watched: quantiles("watchedReplyMs"),
    teacher: quantiles("teacherMs"),
    unseen: runs.reduce((sum, { unseen }) => sum + unseen, 0),
    slow: slow.reduce((sum, share) => sum + share, 0) / slow.length,
  };
}

function print(rows: readonly Row[], { seconds, rounds }: { seconds: number; rounds: number }): void {
  const cells = (name: string, { answers, p50, p99 }: Quantiles) => [
    name,
    String(answers),
    p50.toFixed(1),
    p99.toFixed(1),
  ];
  say(`\n  Milliseconds from a student's submit; quantiles are medians of ${rounds} rounds of ${seconds} s`);
  for (const { classes, answersPerSec, alone, watched, teacher, slow, unseen } of rows) {
    say(`\n  ${classes} of ${2 * classes} classes of ${STUDENTS_A_CLASS} watched, ${answersPerSec} answers a second`);
    const lines = [
      ["", "answers", "p50", "p99"],
      cells("to the reply, not watched", alone),
      cells("to the reply, watched", watched),
      cells("to the teacher's page", teacher),
    ];
    for (const [name = "", ...figures] of lines) {
      say(`  ${name.padEnd(28)}${figures.map((figure) => figure.padStart(10)).join("")}`);
    }
    say(`  Watched and slower than 99 of 100 that are not: ${(slow * 100).toFixed(2)} %; never on the page: ${unseen}`);
  }
}
