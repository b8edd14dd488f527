import { runDurableObjectAlarm } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { type Account, type Answer, type Json, register, sql } from "../worker/client.ts";
import {
  age,
  alter,
  answerCurrent,
  begin,
  eventsIn,
  finish,
  hasStored,
  heartbeat,
  inObject,
  next,
  objectOf,
  read,
  recordOf,
  rightAnswer,
  submit,
} from "../worker/practice.ts";
import { onRecord } from "./on-record.ts";

const DAY_MS = 24 * 3600 * 1000;

const codeOf = (answer: Answer) => answer.json().error?.code;
const gist = (answer: Answer) => [answer.status, codeOf(answer)];

/** Resolves when the object knows that Postgres has everything. */
const settled = (studentId: string) =>
  expect
    .poll(
      () =>
        inObject(
          studentId,
          "SELECT count(*) AS open FROM sessions WHERE finished_at IS NOT NULL AND recorded_at IS NULL",
        ),
      { timeout: 10_000, interval: 100 },
    )
    .toEqual([{ open: 0 }]);

describe("a session without activity for 24 hours", () => {
  it("is ended by the alarm, unasked, as EXPIRED at its last activity, and goes on record", async () => {
    const student = await register();
    const { session } = await answerCurrent(student, await begin(student));
    await age(student.id, DAY_MS);
    const lastActivity = new Date(Date.parse(session.last_activity_at) - DAY_MS).toISOString();
    expect(await runDurableObjectAlarm(objectOf(student.id))).toBe(true);
    await onRecord(student.id);
    const rows = await sql<Json>(
      "select finished_reason, finished_at, last_activity_at from practice_sessions where id = $1",
      [session.id],
    );
    expect(
      rows.map((row) => [
        row.finished_reason,
        new Date(row.finished_at).toISOString(),
        new Date(row.last_activity_at).toISOString(),
      ]),
    ).toEqual([["EXPIRED", lastActivity, lastActivity]]);
    const view = (await read(student, session.id)).json().data;
    expect(view).toMatchObject({ finished_reason: "EXPIRED", finished_at: lastActivity, current_question: null });
  });

  it("is over for whoever asks first, whether the alarm came or not, and a start begins anew with the score", async () => {
    const student = await register();
    const { session } = await answerCurrent(student, await begin(student));
    await age(student.id, DAY_MS);
    const questionId = session.current_question.id;
    expect(gist(await submit(student, session.id, { questionId, answer: await rightAnswer(questionId) }))).toEqual([
      409,
      "session_finished",
    ]);
    const again = await begin(student);
    expect(again.id).not.toBe(session.id);
    expect(again.smartscore).toBe(session.smartscore);
  });

  it("goes on where it was a moment less", async () => {
    const student = await register();
    const { session } = await answerCurrent(student, await begin(student));
    await age(student.id, DAY_MS - 60_000);
    await runDurableObjectAlarm(objectOf(student.id));
    expect((await begin(student)).id).toBe(session.id);
  });
});

describe("a finished session that Postgres has", () => {
  /** A day later, as far as the object can tell. */
  const aDayLater = async (studentId: string) => {
    await alter(studentId, "UPDATE sessions SET recorded_at = recorded_at - ?", DAY_MS);
    await runDurableObjectAlarm(objectOf(studentId));
  };

  it("stays for a day, then leaves with all that was stored for it, and reads as before, every field", async () => {
    const student = await register();
    let { session } = await answerCurrent(student, await begin(student));
    session = (await answerCurrent(student, session, false)).session;
    await next(student, session.id, { skip: true });
    await finish(student, session.id);
    await onRecord(student.id);
    await settled(student.id);
    const before = await read(student, session.id);

    await alter(student.id, "UPDATE sessions SET recorded_at = recorded_at - ?", DAY_MS - 60_000);
    await runDurableObjectAlarm(objectOf(student.id));
    expect(await hasStored(student.id)).toBe(true);

    await aDayLater(student.id);
    expect(await hasStored(student.id)).toBe(false);
    const after = await read(student, session.id);
    expect([after.status, after.text]).toEqual([200, before.text]);
    expect(await hasStored(student.id)).toBe(false);
    expect(gist(await read(await register(), session.id))).toEqual([404, "not_found"]);
  });

  it("is over for whoever comes back to it days later, as it was before it left", async () => {
    const student = await register();
    const { session } = await answerCurrent(student, await begin(student));
    await finish(student, session.id);
    const again = { questionId: 1, answer: { choice: "B" } };
    const replies = async (caller: Account) => {
      const all = [
        await submit(caller, session.id, again),
        await next(caller, session.id),
        await next(caller, session.id, { skip: true }),
        await heartbeat(caller, session.id),
        await finish(caller, session.id),
      ];
      return all.map(({ status, json }) => [status, json().data ?? json().error.code]);
    };
    const before = await replies(student);
    expect(before[0]).toEqual([409, "session_finished"]);
    await onRecord(student.id);
    await settled(student.id);
    await aDayLater(student.id);
    expect(await hasStored(student.id)).toBe(false);
    expect(await replies(student)).toEqual(before);
    expect(await hasStored(student.id)).toBe(false);
    expect(await replies(await register())).toEqual(before.map(() => [404, "not_found"]));
  });

  it("leaves alone: a session under way stays, with its questions and its answers", async () => {
    const student = await register();
    const old = await begin(student, 1);
    const live = await begin(student, 2);
    await answerCurrent(student, live);
    await finish(student, old.id);
    await onRecord(student.id);
    await settled(student.id);
    const before = (await read(student, live.id)).text;
    await aDayLater(student.id);
    expect(await inObject(student.id, "SELECT id FROM sessions")).toEqual([{ id: live.id }]);
    expect(await inObject(student.id, "SELECT DISTINCT skill_id FROM pools")).toEqual([{ skill_id: 2 }]);
    expect((await read(student, live.id)).text).toBe(before);
    expect((await read(student, old.id)).json().data.id).toBe(old.id);
  });

  it("does not leave before Postgres has it, however long that takes", async () => {
    const student = await register();
    const session = await begin(student);
    await finish(student, session.id);
    await onRecord(student.id);
    await settled(student.id);
    // As if Postgres had never got the end of it.
    await alter(student.id, "UPDATE sessions SET recorded_at = NULL, finished_at = finished_at - ?", 30 * DAY_MS);
    await runDurableObjectAlarm(objectOf(student.id));
    expect(await inObject(student.id, "SELECT id FROM sessions")).toEqual([{ id: session.id }]);
  });

  it("leaves the score and the numbers of events behind: the next session goes on from both", async () => {
    const student = await register();
    const { session } = await answerCurrent(student, await begin(student));
    await finish(student, session.id);
    await onRecord(student.id);
    await settled(student.id);
    const { mark } = await recordOf(student.id);
    await aDayLater(student.id);
    expect(await hasStored(student.id)).toBe(false);
    const again = await begin(student);
    expect(again.smartscore).toBe(session.smartscore);
    expect((await eventsIn(student.id)).map(({ seq }) => seq)).toEqual([mark + 1]);
    await answerCurrent(student, again);
    await expect
      .poll(() => recordOf(student.id), { timeout: 10_000, interval: 100 })
      .toMatchObject({ mark: mark + 2, progress: [{ skill_id: 1, questions: 2 }] });
  });
});
