import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { v7 as uuid } from "uuid";
import { afterEach, expect, it } from "vitest";
import { clearFaults, flushesOf, type Json, register, setFault, sql } from "../worker/client.ts";
import { begin, eventsIn, objectOf, recordFrom, recordOf, submit } from "../worker/practice.ts";

afterEach(async () => {
  await clearFaults();
});

/** A skill of three questions, each with an explanation of a million characters. */
async function largeSkill(): Promise<number> {
  const [skill] = await sql<{ id: number }>(
    "insert into skills (subject_id, grade_id, code, title) values (1, 7, $1, 'Long') returning id",
    [uuid()],
  );
  if (!skill) throw new Error("no skill");
  await sql(
    `insert into questions (skill_id, type, prompt, data, correct_answer, explanation, level)
     select $1, 'NUMERIC', 'How much?', '{}', '{"value": 1}', repeat('x', 1000000), 3 from generate_series(1, 3)`,
    [skill.id],
  );
  return skill.id;
}

it("answers to large questions, more than one request may carry, all come on record once Postgres is back", async () => {
  const student = await register();
  let session = await begin(student, await largeSkill());
  await setFault({ target: "postgres", kind: "refuse" });
  for (let count = 0; count < 12; count++) {
    const sent = { questionId: session.current_question.id, answer: { value: count % 2 } };
    const reply: Json = await submit(student, session.id, sent);
    expect(reply.status).toBe(200);
    session = reply.json().data.session;
  }
  const wanted = recordFrom(await eventsIn(student.id));
  const before = await flushesOf(student.id);
  await clearFaults();
  // It forgets again and again how far it was: what it sends next must reach what Postgres has.
  await expect
    .poll(
      async () => {
        await evictDurableObject(objectOf(student.id));
        await runDurableObjectAlarm(objectOf(student.id));
        return recordOf(student.id);
      },
      { timeout: 15_000, interval: 200 },
    )
    .toEqual(wanted);
  expect((await flushesOf(student.id)) - before).toBeGreaterThanOrEqual(6);
});
