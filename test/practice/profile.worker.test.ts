import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Bindings } from "../../src/bindings.ts";
import { profileChanged } from "../../src/practice/profile-changed.ts";
import type { Profile } from "../../src/practice/student.ts";
import { sharedServices } from "../../src/services.ts";
import { type Account, type Answer, register, sql } from "../worker/client.ts";
import {
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

const codeOf = (answer: Answer) => answer.json().error?.code;
const gist = (answer: Answer) => [answer.status, codeOf(answer)];

describe("a change of the profile", () => {
  const profile: Profile = { gradeLevel: 5, timeZone: "UTC", plan: "FREE", isActive: true };
  const tell = (student: Account, changed: Partial<Profile>) =>
    objectOf(student.id).updateProfile({ ...profile, ...changed });

  it("that deactivates refuses start, answer, next, heartbeat and finish with 403, also after an eviction", async () => {
    const student = await register();
    const session = await begin(student);
    await tell(student, { isActive: false });
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
    await tell(student, {});
    expect((await submit(student, session.id, { questionId: 1, answer: { choice: "B" } })).status).toBe(200);
  });

  it("that was made before the first session counts too: nothing is stored for who is deactivated", async () => {
    const student = await register();
    await sql("update users set is_active = false where id = $1", [student.id]);
    expect(gist(await start(student))).toEqual([403, "forbidden"]);
    expect(await hasStored(student.id)).toBe(false);
  });

  it("is read from the record and told to the object by one call", async () => {
    const student = await register();
    await begin(student, 1);
    await sql("update users set grade_level = 1, time_zone = 'Pacific/Kiritimati' where id = $1", [student.id]);
    await profileChanged(sharedServices(env as unknown as Bindings), student.id);
    expect(await begin(student, 2)).toMatchObject({ inactivity_threshold_seconds: 120 });
    const inKiritimati = new Intl.DateTimeFormat("en-CA", { timeZone: "Pacific/Kiritimati", dateStyle: "short" });
    const [opened] = (await eventsIn(student.id)).slice(-1);
    expect(opened?.event.day).toBe(inKiritimati.format(opened?.event.atMs));
  });

  it("leaves nothing in an object that has no session", async () => {
    const student = await register();
    await tell(student, { gradeLevel: 9 });
    expect(await hasStored(student.id)).toBe(false);
  });
});
