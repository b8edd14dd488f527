import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { STEPS } from "../../src/practice/object-schema.ts";
import { register } from "../worker/client.ts";
import { answerCurrent, begin, objectOf, read } from "../worker/practice.ts";

/** What takes a schema back to how this many steps had made it. */
const BACK: Readonly<Record<number, string>> = {
  2: "ALTER TABLE student ADD COLUMN sent_seq INTEGER NOT NULL DEFAULT 0",
  1: "ALTER TABLE student ADD COLUMN sent_seq INTEGER NOT NULL DEFAULT 0; DROP TABLE watches",
};

const schemaOf = (studentId: string) =>
  runInDurableObject(objectOf(studentId), (_object, { storage: { sql } }) => ({
    steps: sql.exec("SELECT step FROM migrations ORDER BY step").toArray(),
    tables: sql
      .exec("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\' ORDER BY name")
      .toArray(),
  }));

describe("what a student's object has stored", () => {
  it.each([1, 2])("goes on in the newest schema where it was left at step %i", async (steps) => {
    const student = await register();
    const { id } = await begin(student);
    await answerCurrent(student, (await read(student, id)).json().data);
    const newest = await schemaOf(student.id);
    await runInDurableObject(objectOf(student.id), (_object, { storage: { sql } }) => {
      sql.exec(BACK[steps] ?? "");
      sql.exec("DELETE FROM migrations WHERE step > ?", steps);
    });
    await evictDurableObject(objectOf(student.id));
    const { session } = await answerCurrent(student, (await read(student, id)).json().data);
    expect(session.questions_answered).toBe(2);
    expect(await schemaOf(student.id)).toEqual(newest);
  });

  it("is brought on by steps of which those that have shipped never change", async () => {
    const hashes = await Promise.all(STEPS.slice(0, 3).map(sha256));
    expect(hashes).toEqual([
      "b6263a83a6a70d2bbab067c691b4aa78727ae6d3d5400e6aa971a1f9ba955c86",
      "611be0abe3bd8f345e8f9a37673806a56015b938ea47278eb631641f7090e52c",
      "5789b5e3ef42dd253f47b5dda36cd1a17b9b274170a15fac53e49a86e32410c1",
    ]);
  });
});

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Buffer.from(digest).toString("hex");
}
