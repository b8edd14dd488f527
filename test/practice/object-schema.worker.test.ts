import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { v4 as uuid } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { STEPS } from "../../src/practice/object-schema.ts";
import { template } from "../admin/importing.ts";
import { register, sql } from "../worker/client.ts";
import { begin, finish, next, objectOf, read, submit } from "../worker/practice.ts";
import { onRecord } from "./on-record.ts";

/** What takes what is stored back to how this many steps had made it, from how one step more does. */
const BACK: Readonly<Record<number, string>> = {
  3: `UPDATE events SET
        event = CASE kind WHEN 'answered' THEN json_object(
            'kind', kind, 'sessionId', session_id, 'atMs', event -> '$[0]', 'day', event -> '$[1]', 'creditMs', event -> '$[2]',
            'questionId', question_id, 'generator', generator, 'attemptId', event -> '$[4]', 'made', event -> '$[5]',
            'submitted', event -> '$[6]', 'correct', event -> '$[7]', 'mistakeType', event -> '$[8]',
            'timeSpentSec', event -> '$[9]', 'scoreBefore', event -> '$[10]', 'scoreAfter', event -> '$[11]',
            'reason', event -> '$[12]', 'message', event -> '$[13]')
          ELSE json_object(
            'kind', kind, 'sessionId', session_id, 'atMs', event -> '$[0]', 'day', event -> '$[1]', 'creditMs', event -> '$[2]')
          END,
        after = json_object(
          'session', json_object(
            'lastActivityMs', after -> '$[0]', 'activeMs', after -> '$[1]',
            'score', json_object('score', after -> '$[2]', 'streak', after -> '$[3]', 'recentAccuracy', after -> '$[4]'),
            'bestScore', after -> '$[5]', 'answered', after -> '$[6]', 'correct', after -> '$[7]',
            'maxStreak', after -> '$[8]', 'wrongInARow', after -> '$[9]', 'lastQuestionId', after -> '$[10]',
            'current', json(CASE WHEN after ->> '$[11]' IS NULL THEN 'null' ELSE json_object(
              'questionId', after -> '$[11][0]', 'generator', after -> '$[11][1]', 'made', after -> '$[11][2]',
              'shownAtMs', after -> '$[11][3]') END),
            'finished', json(CASE WHEN after ->> '$[12]' IS NULL THEN 'null' ELSE json_object(
              'atMs', after -> '$[12][0]', 'reason', after -> '$[12][1]') END)),
          'pace', json_object(
            'clockMs', after -> '$[13]',
            'today', json_object('day', after -> '$[14][0]', 'answered', after -> '$[14][1]'),
            'submits', json_object('startedAtMs', after -> '$[15][0]', 'used', after -> '$[15][1]'),
            'beats', json_object('startedAtMs', after -> '$[16][0]', 'used', after -> '$[16][1]'),
            'starts', json_object('startedAtMs', after -> '$[17][0]', 'used', after -> '$[17][1]')))`,
  2: "ALTER TABLE student ADD COLUMN sent_seq INTEGER NOT NULL DEFAULT 0",
  1: "DROP TABLE watches",
};

/** A skill all of whose questions a template makes, so that each comes along with its event. */
const SUMS = 90_011;

beforeAll(async () => {
  await sql(
    "insert into skills (id, subject_id, grade_id, code, title) values ($1, 1, 7, 'Z.11', 'Sums') on conflict do nothing",
    [SUMS],
  );
  await sql("insert into question_templates (id, skill_id, body) values ($1, $2, $3)", [
    uuid(),
    SUMS,
    JSON.stringify(template()),
  ]);
});

const schemaOf = (studentId: string) =>
  runInDurableObject(objectOf(studentId), (_object, { storage: { sql } }) => ({
    steps: sql.exec("SELECT step FROM migrations ORDER BY step").toArray(),
    tables: sql
      .exec("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\' ORDER BY name")
      .toArray(),
  }));

const eventsOf = (studentId: string) =>
  runInDurableObject(objectOf(studentId), (_object, { storage: { sql } }) =>
    sql.exec("SELECT * FROM events ORDER BY seq").toArray(),
  );

describe("what a student's object has stored", () => {
  it.each([1, 2, 3])("goes on in the newest form where it was left at step %i", async (steps) => {
    const student = await register();
    const { id } = await begin(student, SUMS);
    const submissions = [];
    const replies: string[] = [];
    for (let count = 0; count < 8; count++) {
      const question = (await read(student, id)).json().data.current_question;
      const submission = { questionId: question.id, answer: { value: 40 }, key: `key-${count}` };
      submissions.push(submission);
      const reply = await submit(student, id, submission);
      expect(reply.status).toBe(200);
      replies.push(reply.text);
    }
    await finish(student, (await begin(student)).id);
    const [newest, events] = [await schemaOf(student.id), await eventsOf(student.id)];
    await runInDurableObject(objectOf(student.id), (_object, { storage: { sql } }) => {
      for (let step = 3; step >= steps; step--) sql.exec(BACK[step] ?? "");
      sql.exec("DELETE FROM migrations WHERE step > ?", steps);
    });
    expect(await eventsOf(student.id)).not.toEqual(events);
    await evictDurableObject(objectOf(student.id));
    for (const [index, submission] of submissions.entries()) {
      expect((await submit(student, id, submission)).text).toBe(replies[index]);
    }
    expect(await schemaOf(student.id)).toEqual(newest);
    expect(await eventsOf(student.id)).toEqual(events);
    expect((await next(student, id, { skip: true })).status).toBe(200);
    await onRecord(student.id);
  });

  it("is brought on by steps of which those that have shipped never change", async () => {
    const hashes = await Promise.all(STEPS.map(sha256));
    expect(hashes).toEqual([
      "b6263a83a6a70d2bbab067c691b4aa78727ae6d3d5400e6aa971a1f9ba955c86",
      "611be0abe3bd8f345e8f9a37673806a56015b938ea47278eb631641f7090e52c",
      "5789b5e3ef42dd253f47b5dda36cd1a17b9b274170a15fac53e49a86e32410c1",
      "dd6ba110a8e200090f50ba808fca0e7fc62c29790e6f12a15b2471acbaa6e256",
    ]);
  });
});

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Buffer.from(digest).toString("hex");
}
