import { evictDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it } from "vitest";
import { profileChanged } from "../../src/practice/profile-changed.ts";
import { sharedServices } from "../../src/services.ts";
import { bindings } from "../worker/apps.ts";
import { type Account, type Answer, clearFaults, register, setFault, sql } from "../worker/client.ts";
import {
  answerCurrent,
  begin,
  eventsIn,
  finish,
  hasStored,
  heartbeat,
  next,
  objectOf,
  read,
  start,
  submit,
} from "../worker/practice.ts";
import { SOON } from "./on-record.ts";

afterEach(async () => {
  await clearFaults();
});

const codeOf = (answer: Answer) => answer.json().error?.code;
const gist = (answer: Answer) => [answer.status, codeOf(answer)];

describe("a change of the profile", () => {
  const change = (student: Account, changed: string) => sql(`update users set ${changed} where id = $1`, [student.id]);
  const tell = (student: Account) => profileChanged(sharedServices(bindings), student.id);

  it("that deactivates refuses start, answer, next, heartbeat and finish with 403, also after an eviction", async () => {
    const student = await register();
    const session = await begin(student);
    await change(student, "is_active = false");
    await tell(student);
    await evictDurableObject(objectOf(student.id));
    const before = (await read(student, session.id)).text;
    const refused = [
      await start(student, 1),
      await start(student, 2),
      await submit(student, session.id, { questionId: 1, answer: { choice: "B" } }),
      await next(student, session.id),
      await heartbeat(student, session.id),
      await finish(student, session.id),
    ];
    expect(refused.map(gist)).toEqual(refused.map(() => [403, "forbidden"]));
    expect((await read(student, session.id)).text).toBe(before);
    await change(student, "is_active = true");
    await tell(student);
    expect((await submit(student, session.id, { questionId: 1, answer: { choice: "B" } })).status).toBe(200);
  });

  it("that was made before the first session counts too: nothing is stored for who is deactivated", async () => {
    const student = await register();
    await change(student, "is_active = false");
    expect(gist(await start(student))).toEqual([403, "forbidden"]);
    expect(await hasStored(student.id)).toBe(false);
  });

  it("is read from the record by the object that is told of it", async () => {
    const student = await register();
    await begin(student, 1);
    await change(student, "grade_level = 1, time_zone = 'Pacific/Kiritimati'");
    await tell(student);
    expect(await begin(student, 2)).toMatchObject({ inactivity_threshold_seconds: 120 });
    const inKiritimati = new Intl.DateTimeFormat("en-CA", { timeZone: "Pacific/Kiritimati", dateStyle: "short" });
    const [opened] = (await eventsIn(student.id)).slice(-1);
    expect(opened?.event.day).toBe(inKiritimati.format(opened?.event.atMs));
  });

  it("leaves nothing in an object that has no session", async () => {
    const student = await register();
    await tell(student);
    expect(await hasStored(student.id)).toBe(false);
  });

  it("of which the object could not be told is known to it after the next flush, once, and for good", async () => {
    const student = await register();
    const session = await begin(student);
    await change(student, "is_active = false");
    await answerCurrent(student, session);
    const startsBy = async () => gist(await start(student));
    await expect.poll(startsBy, SOON).toEqual([403, "forbidden"]);
    await evictDurableObject(objectOf(student.id));
    expect(await startsBy()).toEqual([403, "forbidden"]);
  });

  it("is told without a word where Postgres is away, and counts when it is back", async () => {
    const student = await register();
    const session = await begin(student);
    await setFault({ target: "postgres", kind: "refuse" });
    await change(student, "is_active = false");
    await tell(student);
    await answerCurrent(student, session);
    await clearFaults();
    await expect.poll(async () => gist(await start(student)), SOON).toEqual([403, "forbidden"]);
  });
});
