import { evictDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { type Answer, type Json, register } from "../worker/client.ts";
import {
  alter,
  finish,
  heartbeat,
  next,
  objectOf,
  read,
  rightAnswer,
  start,
  submit,
  wrongAnswer,
} from "../worker/practice.ts";

describe("an object evicted between any two requests", () => {
  /** Makes every choice of a student's sessions the same in each run. */
  const seeded = (studentId: string) => alter(studentId, "UPDATE sessions SET state = json_set(state, '$.seed', 7)");

  /** The reply without what differs between two runs by nature: ids and times. */
  const comparable = ({ status, headers, text }: Answer) => ({
    status,
    replayed: headers.get("Idempotent-Replayed"),
    body: text
      .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "id")
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "time")
      .replace(/"(time_elapsed_sec|active_time_seconds)":\d+/g, '"$1":0'),
  });

  async function script(evict: boolean): Promise<unknown[]> {
    const student = await register();
    const replies: unknown[] = [];
    const note = async (asked: Promise<Answer>): Promise<Json> => {
      const answer = await asked;
      replies.push(comparable(answer));
      if (evict) await evictDurableObject(objectOf(student.id));
      return answer.json().data;
    };
    const first = await note(start(student, 1));
    const second = await note(start(student, 2));
    await seeded(student.id);
    let question = first.current_question;
    for (const [index, isRight] of [true, true, false, true, true, false, true, true, true].entries()) {
      const answer = isRight ? await rightAnswer(question.id) : await wrongAnswer(question);
      const submission = { questionId: question.id, answer, key: `k${index}` };
      const reply = await note(submit(student, first.id, submission));
      await note(submit(student, first.id, submission));
      await note(submit(student, first.id, { ...submission, claimedSec: 99 }));
      await note(submit(student, first.id, { ...submission, key: "other" }));
      question = reply.next_question;
    }
    await note(heartbeat(student, first.id, { is_active: false }));
    question = (await note(next(student, first.id, { skip: true }))).question;
    await note(submit(student, first.id, { questionId: question.id, answer: { nonsense: true } }));
    await note(
      submit(student, second.id, {
        questionId: second.current_question.id,
        answer: await wrongAnswer(second.current_question),
      }),
    );
    await note(start(student, 1));
    await note(heartbeat(student, first.id));
    await note(next(student, first.id));
    await note(read(student, first.id));
    await note(finish(student, first.id));
    await note(finish(student, first.id));
    await note(submit(student, first.id, { questionId: question.id, answer: await rightAnswer(question.id) }));
    await note(read(student, first.id));
    const again = await note(start(student, 1));
    await seeded(student.id);
    await note(
      submit(student, again.id, {
        questionId: again.current_question.id,
        answer: await rightAnswer(again.current_question.id),
      }),
    );
    await note(next(student, again.id, { skip: true }));
    await note(read(student, second.id));
    return replies;
  }

  it("is not to be seen: every reply is the same", async () => {
    const undisturbed = await script(false);
    expect(undisturbed.length).toBeGreaterThan(40);
    expect(await script(true)).toEqual(undisturbed);
  });
});
