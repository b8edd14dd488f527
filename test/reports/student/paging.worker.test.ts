import { describe, expect, it } from "vitest";
import { register, sql } from "../../worker/client.ts";
import { type Deed, recordHistory } from "./history.ts";
import { practise } from "./practising.ts";
import { allQuestionsOf, logOf } from "./reports.ts";
import type { LogReply } from "./shapes.ts";

const MANY = 507;

const answers = (count: number, afterSec = 5): Deed[] =>
  Array.from({ length: count }, (_, n) => ({ did: "answer", afterSec, right: n % 3 !== 0 }));

const idsIn = ({ data }: LogReply) => data.sessions.flatMap(({ attempts }) => attempts.map((each) => each.attempt_id));

async function attemptIds(studentId: string): Promise<string[]> {
  const rows = await sql<{ id: string }>("select id from attempts where student_id = $1", [studentId]);
  return rows.map(({ id }) => id).toSorted();
}

/** Follows the cursors of a log from its first page on; `between` happens after each page. */
async function allPages(token: string, limit: number | undefined, between = async () => {}) {
  const pages = [await logOf(token, 1, { limit })];
  for (let last = pages[0]; last?.meta.next_cursor; last = pages.at(-1)) {
    await between();
    pages.push(await logOf(token, 1, { cursor: last.meta.next_cursor, limit }));
  }
  return pages;
}

describe("the questions log in pages", () => {
  it("has every attempt exactly once, newest first, also where several came in one millisecond", async () => {
    const student = await register();
    await recordHistory(student.id, [
      { skillId: 1, startedAt: "2026-01-01T10:00:00.000Z", deeds: answers(13) },
      { skillId: 1, startedAt: "2026-01-02T10:00:00.000Z", deeds: answers(9, 0) },
      { skillId: 1, startedAt: "2026-01-03T10:00:00.000Z", deeds: answers(8) },
    ]);
    for (const limit of [1, 4, 30, 31]) {
      const pages = await allPages(student.token, limit);
      expect(pages.map((page) => idsIn(page).length)).toEqual(
        Array.from({ length: Math.ceil(30 / limit) }, (_, n) => Math.min(limit, 30 - n * limit)),
      );
      const times = pages.flatMap(({ data }) =>
        data.sessions.flatMap(({ attempts }) => attempts.map(({ answered_at }) => answered_at).toReversed()),
      );
      expect(times).toEqual(times.toSorted().toReversed());
      expect(pages.flatMap(idsIn).toSorted()).toEqual(await attemptIds(student.id));
      expect(pages.every(({ meta }) => meta.truncated === undefined)).toBe(true);
    }
  });

  it("neither repeats nor misses one while new answers arrive", async () => {
    const student = await register();
    await practise(student, 1, [true, false, true, true, false]);
    const known = await attemptIds(student.id);
    const pages = await allPages(student.token, 2, async () => {
      await practise(student, 1, [true]);
    });
    expect(pages).toHaveLength(3);
    expect(pages.flatMap(idsIn).toSorted()).toEqual(known);
    const [first, second] = pages;
    expect(second?.data.summary.total_questions_answered).toBe((first?.data.summary.total_questions_answered ?? 0) + 1);
  });

  it("holds the newest 500 where no page is asked for, says so, and goes on in hundreds", async () => {
    const student = await register();
    await recordHistory(student.id, [
      { skillId: 1, startedAt: "2026-01-01T10:00:00.000Z", deeds: answers(MANY + 100) },
    ]);
    const first = await logOf(student.token, 1);
    expect(idsIn(first)).toHaveLength(500);
    expect(first.meta.truncated).toBe(true);
    expect(first.data.summary.total_questions_answered).toBe(MANY + 100);
    const pages = await allPages(student.token, undefined);
    expect(pages.map((page) => idsIn(page).length)).toEqual([500, 100, 7]);
    expect(pages[2]?.meta.next_cursor).toBeUndefined();
    expect(pages.flatMap(idsIn).toSorted()).toEqual(await attemptIds(student.id));
  });
});

describe("all questions", () => {
  it("holds the newest 5,000, says so, and leads on to the rest", async () => {
    const student = await register();
    await recordHistory(student.id, [{ skillId: 1, startedAt: "2026-01-01T10:00:00.000Z", deeds: answers(1) }]);
    await copyAttempts(student.id, 5_003);
    const { data, meta } = await allQuestionsOf(student.token);
    expect(data).toHaveLength(5_000);
    expect(meta.truncated).toBe(true);
    const rest = await allQuestionsOf(student.token, { cursor: meta.next_cursor });
    expect(rest.data).toHaveLength(4);
    expect(rest.meta).toMatchObject({ period: { from: null, to: null }, filters: {} });
    expect(rest.meta.next_cursor ?? rest.meta.truncated).toBeUndefined();
    const ids = [...data, ...rest.data].map(({ attempt_id }) => attempt_id);
    expect(ids.toSorted()).toEqual(await attemptIds(student.id));
  });

  it("holds as many as one reply can where questions are huge, and leads on to the rest", async () => {
    const student = await register();
    const question = { prompt: "How many? ".repeat(4_000) };
    await recordHistory(student.id, [
      { skillId: 1, startedAt: "2026-01-01T10:00:00.000Z", deeds: answers(1), question },
    ]);
    await copyAttempts(student.id, 299);
    const first = await allQuestionsOf(student.token);
    expect(first.meta.truncated).toBe(true);
    const ids = first.data.map(({ attempt_id }) => attempt_id);
    let cursor = first.meta.next_cursor;
    while (cursor !== undefined) {
      const { data, meta } = await allQuestionsOf(student.token, { cursor, limit: 500 });
      ids.push(...data.map(({ attempt_id }) => attempt_id));
      cursor = meta.next_cursor;
    }
    expect(ids.toSorted()).toEqual(await attemptIds(student.id));
  });
});

/** Repeats a student's one attempt so many times, a second after another. */
const copyAttempts = (studentId: string, times: number) =>
  sql(
    `insert into attempts select (r).* from (
       select jsonb_populate_record(attempts, jsonb_build_object(
         'id', overlay(overlay(gen_random_uuid()::text placing '7' from 15) placing '8' from 20),
         'answered_at', answered_at + n * interval '1 second')) as r
       from attempts, generate_series(1, $2::int) as n where student_id = $1) as copies`,
    [studentId, times],
  );
