import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { platform } from "../../http/call.ts";
import { type Account, api, register, sql } from "../../worker/client.ts";
import { recordHistory } from "./history.ts";
import { logOf, skillsOf } from "./reports.ts";

let student: Account;
let hidden: number;

beforeAll(async () => {
  student = await register();
  const [row] = await sql<{ id: number }>(
    `insert into skills (subject_id, grade_id, code, title, is_published)
     values (1, 7, 'LOG.1', 'Not published', false) returning id`,
  );
  hidden = row?.id ?? 0;
  await recordHistory(student.id, [
    { skillId: 1, startedAt: "2026-01-01T10:00:00.000Z", deeds: [{ did: "answer", afterSec: 9, right: true }] },
    { skillId: hidden, startedAt: "2026-01-02T10:00:00.000Z", deeds: [{ did: "answer", afterSec: 9, right: true }] },
  ]);
});

afterAll(async () => {
  await sql("delete from attempts where skill_id = $1", [hidden]);
  await sql("delete from practice_sessions where skill_id = $1", [hidden]);
  await sql("delete from skill_progress where skill_id = $1", [hidden]);
  await sql("delete from practice_days where skill_id = $1", [hidden]);
  await sql("delete from skills where id = $1", [hidden]);
});

const get = (path: string) => api("GET", `/analytics/${path}`, { token: student.token });

const ID = "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001";
const LAST_MS = Date.parse("9999-12-31T23:59:59.999Z");

/** A cursor that no report need have given. */
const cursorOf = (place: unknown) => encodeURIComponent(btoa(JSON.stringify(place)));

it.each(["all-questions", "skills/1/questions-log", "usage"])(
  "the last moment that there is bounds %s",
  async (report) => {
    expect((await get(`${report}?cursor=${cursorOf({ after: [LAST_MS, ID] })}`)).status).toBe(200);
  },
);

it.each(["usage", "trouble-spots"])("the first day that there is is all that %s up to it is of", async (report) => {
  const answer = await get(`${report}?to=0001-01-01`);
  expect(answer.status).toBe(200);
  expect(answer.json().meta.period).toEqual({ from: "0001-01-01", to: "0001-01-01" });
});

describe("what cannot be asked is refused, and the parameter is named", () => {
  it.each([
    ["overview?from=2026-02-30", "from"],
    ["overview?from=01/02/2026", "from"],
    ["overview?from=0000-01-01", "from"],
    ["overview?to=10000-01-01", "to"],
    ["overview?to=2026-02-01T00:00:00Z", "to"],
    ["overview?from=2026-02-02&to=2026-02-01", "to"],
    ["overview?student_id=me", "student_id"],
    ["overview?grade_number=100", "grade_number"],
    ["skills?skill_id=0", "skill_id"],
    ["skills?topic_id=x", "topic_id"],
    ["all-questions?limit=0", "limit"],
    ["all-questions?limit=501", "limit"],
    ["all-questions?cursor=garbage", "cursor"],
    [`all-questions?cursor=${cursorOf([1, 2])}`, "cursor"],
    [`all-questions?cursor=${cursorOf({ after: [1, ID], from: "2026-02-30" })}`, "cursor"],
    [`usage?cursor=${cursorOf({ after: [LAST_MS + 1, ID] })}`, "cursor"],
    ["skills/1/questions-log?limit=1.5", "limit"],
    ["skills/1/questions-log?cursor=", "cursor"],
    [`skills/1/questions-log?cursor=${cursorOf({ after: [1e99, ID] })}`, "cursor"],
    [`skills/1/questions-log?cursor=${cursorOf({ after: [LAST_MS + 1, ID] })}`, "cursor"],
    ["skills/1/questions-log?from=2026-02-02&to=2026-02-01", "to"],
  ])("%s", async (path, parameter) => {
    const answer = await get(path);
    expect(answer.status).toBe(422);
    expect(answer.json().error).toMatchObject({
      code: "validation_error",
      details: [{ path: parameter, message: expect.any(String) }],
    });
  });

  it("a skill id in the path that is none", async () => {
    for (const id of ["0", "abc", "99999999999"]) {
      const answer = await get(`skills/${id}/questions-log`);
      expect(answer.status).toBe(400);
      expect(answer.json().error.code).toBe("validation_error");
    }
  });
});

describe("the log of a skill", () => {
  it("that does not exist is not found", async () => {
    const answer = await get("skills/2147483647/questions-log");
    expect(answer.status).toBe(404);
    expect(answer.json().error.code).toBe("not_found");
  });

  it("that is not published is there for who practised it, and not found for who did not", async () => {
    expect((await logOf(student.token, hidden)).data.sessions).toHaveLength(1);
    const { token } = await register();
    expect((await api("GET", `/analytics/skills/${hidden}/questions-log`, { token })).status).toBe(404);
  });
});

describe("the skills", () => {
  it("are 500 at most, the most recently practised, and say that there are more", async () => {
    const { id, token } = await register();
    await sql(
      `with made as (
         insert into skills (subject_id, grade_id, code, title)
         select 1, 7, 'MANY.' || n, 'Skill ' || n from generate_series(1, 501) as n returning id)
       insert into skill_progress (student_id, skill_id, best_smartscore, last_smartscore, questions, correct, last_practiced_at)
       select $1, id, 10, 10, 2, 1, '2026-01-01'::timestamptz - id * interval '1 hour' from made`,
      [id],
    );
    const { data, meta } = await skillsOf(token);
    expect(data).toHaveLength(500);
    expect(meta.truncated).toBe(true);
    const ids = data.map(({ skill_id }) => skill_id);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  });

  it("show a topic only while it is published", async () => {
    const { token } = student;
    const topic = async () => (await skillsOf(token, { skill_id: 1 })).data[0]?.topic_title;
    const publish = (is: boolean) =>
      sql("update topics set is_published = $1 where id = (select topic_id from skills where id = 1)", [is]);
    expect(await topic()).toEqual(expect.any(String));
    try {
      await publish(false);
      expect(await topic()).toBeNull();
    } finally {
      await publish(true);
    }
  });
});

describe("every report is one round trip to Postgres and none to Redis", () => {
  it.each([
    "overview",
    "overview?from=2026-01-01&grade_number=5",
    "skills",
    "skills?to=2026-01-31",
    "skills/1/questions-log",
    "skills/1/questions-log?from=2026-01-01&limit=5",
    "all-questions",
  ])("%s", async (path) => {
    const { postgres, redis } = await platform.counted(async () => expect((await get(path)).status).toBe(200));
    expect({ postgres, redis: redis.requests }).toEqual({ postgres: { requests: 1, statements: 1 }, redis: 0 });
  });

  it("says so where Postgres is down", async () => {
    const answer = await platform.broken({ target: "postgres", kind: "refuse" }, () => get("overview"));
    expect(answer.status).toBe(503);
    expect(answer.headers.get("Retry-After")).not.toBeNull();
  });
});
