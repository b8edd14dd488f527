import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it } from "vitest";
import { identityOf } from "../../src/practice/drain.ts";
import { type Account, clearFaults, type Json, register, setFault } from "../worker/client.ts";
import {
  alter,
  answerCurrent,
  begin,
  eventsIn,
  heartbeat,
  next,
  objectOf,
  read,
  recordFrom,
  recordOf,
  rightAnswer,
  submit,
} from "../worker/practice.ts";
import { drainNow, onRecord, SOON } from "./on-record.ts";

afterEach(async () => {
  await clearFaults();
});

describe("an object that was put back to an older state", () => {
  type Rows = Record<string, SqlStorageValue>[];

  const copy = (studentId: string) =>
    runInDurableObject(objectOf(studentId), (_object, { storage: { sql: own } }) =>
      ["student", "last_scores", "sessions", "events"].map((table): [string, Rows] => [
        table,
        own.exec(`SELECT * FROM ${table}`).toArray(),
      ]),
    );

  async function putBack(studentId: string, tables: [string, Rows][]): Promise<void> {
    await runInDurableObject(objectOf(studentId), (_object, { storage }) =>
      storage.transactionSync(() => {
        for (const [table, rows] of tables) {
          storage.sql.exec(`DELETE FROM ${table}`);
          for (const row of rows) {
            const names = Object.keys(row);
            storage.sql.exec(
              `INSERT INTO ${table} (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`,
              ...Object.values(row),
            );
          }
        }
      }),
    );
    await evictDurableObject(objectOf(studentId));
  }

  /** Answers, and now and then puts a question aside or only stays. */
  async function practise(student: Account, { id }: Json, answers: number): Promise<void> {
    for (let count = 0; count < answers; count++) {
      const { session } = await answerCurrent(student, (await read(student, id)).json().data, count % 3 !== 2);
      await heartbeat(student, session.id);
      if (count % 2 === 0) await next(student, session.id, { skip: true });
    }
  }

  describe.each([
    { mark: "the mark as it was then", isMarkLate: false },
    { mark: "a mark that was stored long before", isMarkLate: true },
  ])("with $mark", ({ isMarkLate }) => {
    it.each([
      { what: "less than it had done since", before: 3, after: 1 },
      { what: "just as much", before: 2, after: 2 },
      { what: "more", before: 1, after: 4 },
    ])("counts all that was done before, since and from then on just once: $what", async ({ before, after }) => {
      const student = await register();
      const { id } = await begin(student);
      await practise(student, { id }, 3);
      await drainNow(student.id);
      await onRecord(student.id);
      const old = await copy(student.id);
      await practise(student, { id }, before);
      await drainNow(student.id);
      await onRecord(student.id);
      const known = await eventsIn(student.id);

      await setFault({ target: "postgres", kind: "refuse" });
      await putBack(student.id, old);
      if (isMarkLate) await alter(student.id, "UPDATE student SET drained_seq = 1");
      await practise(student, { id }, after);
      await clearFaults();
      const identities = new Set(known.map(({ event }) => identityOf(event)));
      const added = async () => (await eventsIn(student.id)).filter(({ event }) => !identities.has(identityOf(event)));
      expect((await added()).filter(({ event }) => event.kind === "answered")).toHaveLength(after);
      await expect
        .poll(
          async () => ({
            of: await recordOf(student.id),
            is: recordFrom([...known, ...(await added())]),
          }),
          SOON,
        )
        .toSatisfy(({ of, is }) => JSON.stringify(of) === JSON.stringify(is));
    });
  });

  it("keeps the keys of its answers: a repeat after the renumbering still finds its first reply", async () => {
    const student = await register();
    const { id } = await begin(student);
    await practise(student, { id }, 1);
    await drainNow(student.id);
    await onRecord(student.id);
    const old = await copy(student.id);
    await practise(student, { id }, 2);
    await drainNow(student.id);
    await onRecord(student.id);
    await putBack(student.id, old);
    const { current_question: question } = (await read(student, id)).json().data;
    const keyed = { questionId: question.id, answer: await rightAnswer(question.id), key: "k" };
    const first = await submit(student, id, keyed);
    await expect
      .poll(async () => (await recordOf(student.id)).mark === (await eventsIn(student.id)).at(-1)?.seq, SOON)
      .toBe(true);
    expect((await submit(student, id, keyed)).text).toBe(first.text);
  });
});
