import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { v7 as uuid } from "uuid";
import { describe, expect, it } from "vitest";
import { StudentPractice } from "../../src/index.ts";
import { WATCHED_MS } from "../../src/live/watching.ts";
import type { CommandReply } from "../../src/practice/commands.ts";
import { type Json, register } from "../worker/client.ts";
import { alter, begin, type Caller, eventsIn, inObject, objectOf, rightAnswer } from "../worker/practice.ts";
import { onRecord } from "./on-record.ts";

type Command = (object: StudentPractice) => Promise<CommandReply>;

/** The storage fails ahead of the first, second, third … write, after it, or when all of that many transactions is done. */
type Fault = { readonly at: "before" | "after" | "commit"; readonly count: number };

const FAULTS: readonly Fault[] = [
  { at: "before", count: 1 },
  { at: "after", count: 1 },
  { at: "after", count: 2 },
  { at: "before", count: 3 },
  { at: "commit", count: 1 },
];

const inPractice = <T>(name: string, work: (object: StudentPractice, storage: DurableObjectStorage) => Promise<T>) =>
  runInDurableObject(objectOf(name), (object, { storage }) => {
    if (!(object instanceof StudentPractice)) throw new Error("not a StudentPractice");
    return work(object, storage);
  });

/** The text of a success, first or again; undefined of a refusal. */
const textOf = (reply: CommandReply) => (typeof reply === "string" ? reply : reply.ok ? reply.body : undefined);

const give = async (name: string, command: Command): Promise<string> => {
  const text = textOf(await inPractice(name, command));
  if (text === undefined) throw new Error("refused");
  return text;
};

const shown = async (name: string, sessionId: string): Promise<Json> =>
  JSON.parse(await give(name, (object) => object.session(sessionId)));

/** Gives a command to an object whose storage fails once; undefined where the command failed with it. */
const giveFailing = (name: string, { at, count }: Fault, command: Command): Promise<string | undefined> =>
  inPractice(name, async (object, storage) => {
    const { transactionSync, sql } = storage;
    const { exec } = sql;
    let done = 0;
    const fail = () => {
      throw new Error("disk I/O error");
    };
    sql.exec = (...call: Parameters<typeof exec>) => {
      const isHit = at !== "commit" && !call[0].trimStart().startsWith("SELECT") && ++done === count;
      if (isHit && at === "before") fail();
      const cursor = exec.apply(sql, call);
      if (isHit) fail();
      return cursor as never;
    };
    storage.transactionSync = <T>(work: () => T): T =>
      transactionSync.call(storage, () => {
        const result = work();
        if (at === "commit" && ++done === count) fail();
        return result;
      }) as T;
    try {
      return textOf(await command(object));
    } catch {
      return undefined;
    } finally {
      sql.exec = exec;
      storage.transactionSync = transactionSync;
    }
  });

/**
 * Gives a command while the storage fails, and again when it works: in between the object must show what it would if it
 * read its storage anew, and a reply that was given comes again.
 */
async function persist(name: string, sessionId: string, fault: Fault, command: Command): Promise<void> {
  const reply = await giveFailing(name, fault, command);
  const known = await inPractice(name, (object) => object.session(sessionId));
  await evictDurableObject(objectOf(name));
  expect(await inPractice(name, (object) => object.session(sessionId)), JSON.stringify(fault)).toEqual(known);
  const again = await give(name, command);
  if (reply !== undefined) expect(again).toBe(reply);
}

const answering = async (session: Json, key: string): Promise<Command> => {
  const question = session.current_question;
  const answer = await rightAnswer(question.id);
  return (object) =>
    object.submit({ sessionId: session.id, questionId: question.id, answer, claimedSec: 1, key, bodyHash: "x" });
};

async function newcomer(kind: "student" | "guest"): Promise<{ caller: Caller; session: Json; name: string }> {
  const student = kind === "student" ? await register() : undefined;
  const session = await begin(student ?? {});
  return { caller: student ?? {}, session, name: student?.id ?? `guest:${session.id}` };
}

const countIn = async (name: string, kind: string) =>
  (await eventsIn(name)).filter(({ event }) => event.kind === kind).length;

describe.each(["student", "guest"] as const)("of a %s whose storage fails on the way,", (kind) => {
  it("an answer, a skip and a heartbeat are stored or not, known just so, and count once when they come again", async () => {
    const { session, name } = await newcomer(kind);
    const { id } = session;
    for (const fault of FAULTS) {
      const key = uuid();
      await persist(name, id, fault, await answering(await shown(name, id), key));
      await persist(name, id, fault, (object) => object.next({ sessionId: id, skip: true, key: `worker:${key}` }));
      for (const isActive of [true, false]) {
        await giveFailing(name, fault, (object) => object.heartbeat({ sessionId: id, isActive }));
        const known = await shown(name, id);
        await evictDurableObject(objectOf(name));
        expect(await shown(name, id)).toEqual(known);
      }
    }
    expect(await countIn(name, "answered")).toBe(FAULTS.length);
    expect(await countIn(name, "skipped")).toBe(FAULTS.length);
    if (kind === "student") await onRecord(name);
  });

  it.each(["MASTERED", "FINISHED"])("the end of a session is stored whole or not at all: %s", async (reason) => {
    let { caller, session, name } = await newcomer(kind);
    for (const fault of FAULTS) {
      await give(name, await answering(session, "first"));
      await alter(
        name,
        `UPDATE events SET after = json_set(after, '$[2]', 99, '$[3]', 20)
         WHERE seq = (SELECT max(seq) FROM events)`,
      );
      const { id } = session;
      const ending =
        reason === "MASTERED"
          ? await answering(await shown(name, id), "last")
          : (object: StudentPractice) => object.finish(id);
      await persist(name, id, fault, ending);
      const ended = await shown(name, id);
      expect(ended).toMatchObject({ finished_reason: reason, questions_answered: reason === "MASTERED" ? 2 : 1 });
      if (kind === "student") session = await begin(caller);
      else ({ caller, session, name } = await newcomer(kind));
      if (kind === "student") expect(session.smartscore).toBe(reason === "MASTERED" ? 90 : 99);
    }
    if (kind === "student") await onRecord(name);
  });
});

it("a session that is opened while the storage fails is there whole or not at all", async () => {
  const student = await register();
  const { id: first } = await begin(student);
  await give(student.id, (object) => object.finish(first));
  for (const fault of FAULTS) {
    const sessionId = uuid();
    const who = {
      studentId: student.id,
      isGuest: false,
      sessionId,
      skillId: 1,
      catalogVersion: null,
      anyVersion: true,
    };
    const start = async (object: StudentPractice): Promise<CommandReply> => {
      const reply = await object.start(who);
      if (typeof reply !== "string" && reply.ok === "needs") throw new Error("needs questions");
      return reply;
    };
    await persist(student.id, sessionId, fault, async (object) => JSON.parse(textOf(await start(object)) ?? "").id);
    await give(student.id, (object) => object.finish(sessionId));
  }
  expect(await countIn(student.id, "opened")).toBe(1 + FAULTS.length);
  await onRecord(student.id);
});

it("a class that asks while the storage fails is kept when it asks again", async () => {
  const student = await register();
  await begin(student);
  const command = { classroomId: uuid(), untilMs: Date.now() + WATCHED_MS };
  const watch = (object: StudentPractice) => object.watch(command).then(() => "watched");
  expect(await giveFailing(student.id, { at: "before", count: 1 }, watch)).toBeUndefined();
  await give(student.id, watch);
  expect(await inObject(student.id, "SELECT classroom_id FROM watches")).toEqual([
    { classroom_id: command.classroomId },
  ]);
});
