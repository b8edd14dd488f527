import { beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../../src/app.ts";
import { newScene, type Scene } from "../../classrooms/scene.ts";
import { call } from "../../http/call.ts";
import { servicesWith } from "../../worker/apps.ts";
import { type Account, outboundRequests, register, sql } from "../../worker/client.ts";
import { expectError } from "../../worker/people.ts";
import { begin, finish } from "../../worker/practice.ts";
import { practise } from "../student/practising.ts";

const NAME = "Nguyễn Владислав 🦊";

let student: Account;
let sessionPath: string;
let scene: Scene;

beforeAll(async () => {
  student = await register({ full_name: NAME });
  const session = await practise(student, 1, [true, false, true], true);
  sessionPath = `/api/v1/reports/practice-sessions/${session.id}.pdf`;
  scene = await newScene("open");
});

/** A document as its bytes: each a character. */
async function get(path: string, token = student.token, sent: Record<string, string> = {}) {
  const response = await call(path, { headers: { Authorization: `Bearer ${token}`, ...sent } });
  const text = new TextDecoder("latin1").decode(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
}

const begins = (text: string) => text.slice(0, 5);

describe("a practice session", () => {
  it("is a PDF that only its caller may keep, under a name that says what it is", async () => {
    const { status, headers, text } = await get(sessionPath);
    expect(status).toBe(200);
    expect(begins(text)).toBe("%PDF-");
    expect(headers.get("Content-Type")).toBe("application/pdf");
    expect(headers.get("Cache-Control")).toBe("private, no-cache");
    expect(headers.get("Content-Disposition")).toMatch(
      /^attachment; filename="Practice session Multiply whole numbers Nguyen\.pdf"; filename\*=UTF-8''Practice%20session/,
    );
  });

  it("is the same bytes each time, and none for who has it", async () => {
    const first = await get(sessionPath);
    const second = await get(sessionPath);
    expect(second.text).toBe(first.text);
    const etag = first.headers.get("ETag") ?? "";
    expect(etag).toMatch(/^".+"$/);
    const again = await get(sessionPath, student.token, { "If-None-Match": etag });
    expect({ status: again.status, text: again.text }).toEqual({ status: 304, text: "" });
    expect(again.headers.get("ETag")).toBe(etag);
  });

  it("is another on other paper", async () => {
    const [letter, a4] = [await get(sessionPath), await get(`${sessionPath}?paper=a4`)];
    expect(a4.status).toBe(200);
    expect(a4.headers.get("ETag")).not.toBe(letter.headers.get("ETag"));
    expectError(await get(`${sessionPath}?paper=legal`), 422, "validation_error");
  });

  it("is read in one round trip", async () => {
    const before = (await outboundRequests()).postgres;
    await get(sessionPath);
    expect((await outboundRequests()).postgres - before).toBe(1);
  });

  it("changes with what it shows", async () => {
    const { headers } = await get(sessionPath);
    await sql("update users set full_name = 'Another Name' where id = $1", [student.id]);
    const renamed = await get(sessionPath, student.token, { "If-None-Match": headers.get("ETag") ?? "" });
    await sql("update users set full_name = $2 where id = $1", [student.id, NAME]);
    expect(renamed.status).toBe(200);
    expect(renamed.headers.get("Content-Disposition")).toContain("Another Name");
  });

  it("is a PDF too before the first answer, and with questions so long that not all are printed", async () => {
    const { id } = await practise(student, 2, []);
    expect(begins((await get(`/api/v1/reports/practice-sessions/${id}.pdf`)).text)).toBe("%PDF-");
    await sql(
      `insert into attempts (id, session_id, student_id, skill_id, question_id, level, question, correct_answer,
         submitted_answer, is_correct, answered_at, day, time_spent_sec, smartscore_before, smartscore_after, change_reason)
       select gen_random_uuid(), $1, $2, 2, 1, 2,
         jsonb_build_object('type', 'TEXT', 'prompt', repeat('What? ', 10000), 'data', '{}'::jsonb),
         '{"text":"yes"}', '{"text":"no"}', false, now() + n * interval '1 second', current_date, 5, 0, 0, 'zone'
       from generate_series(1, 55) as n`,
      [id, student.id],
    );
    await sql("update practice_sessions set answered = 55 where id = $1", [id]);
    const large = await get(`/api/v1/reports/practice-sessions/${id}.pdf`);
    expect({ status: large.status, begins: begins(large.text) }).toEqual({ status: 200, begins: "%PDF-" });
  });

  it("is there for its student at once, though it comes on record a second later", async () => {
    const someone = await register();
    const session = await begin(someone);
    const path = `/api/v1/reports/practice-sessions/${session.id}.pdf`;
    expect(begins((await get(path, someone.token)).text)).toBe("%PDF-");
    const second = await begin(someone, 2);
    await finish(someone, second.id);
    expect((await get(path.replace(session.id, second.id), someone.token)).status).toBe(200);
  });

  it("that is not there, or somebody else's, is not found, nor is a path without its ending; another id is no good", async () => {
    const path = (id: string) => `/api/v1/reports/practice-sessions/${id}`;
    expectError(await get(path(`${crypto.randomUUID()}.pdf`)), 404, "not_found");
    expectError(await get(path(`${scene.sessionId}.pdf`)), 404, "not_found");
    const own = await get(path(scene.sessionId), scene.people.child.token);
    expect(expectError(own, 404, "not_found").message).toContain("nothing at this path");
    expectError(await get(path("seven.pdf")), 400, "validation_error");
  });
});

describe("an assignment", () => {
  const path = () => `/api/v1/reports/assignments/${scene.assignmentId}.pdf`;

  it("is printed by its teachers and an ADMIN, in one round trip, the same for both", async () => {
    const { owner, coTeacher, admin } = scene.people;
    const before = (await outboundRequests()).postgres;
    const printed = await get(path(), owner.token);
    expect((await outboundRequests()).postgres - before).toBe(1);
    expect({ status: printed.status, begins: begins(printed.text) }).toEqual({ status: 200, begins: "%PDF-" });
    expect(printed.headers.get("Content-Disposition")).toContain(
      `Assignment Multiply whole numbers ${scene.title}.pdf`,
    );
    for (const other of [coTeacher, admin]) expect((await get(path(), other.token)).text).toBe(printed.text);
  });

  it("is forbidden to who does not teach the class, and not found where there is none", async () => {
    expectError(await get(path(), scene.people.otherTeacher.token), 403, "forbidden");
    expectError(await get(path(), scene.people.child.token), 403, "forbidden");
    const none = `/api/v1/reports/assignments/${crypto.randomUUID()}.pdf`;
    expectError(await get(none, scene.people.owner.token), 404, "not_found");
  });
});

describe("a student's summary", () => {
  const path = (id: string, query = "") => `/api/v1/reports/students/${id}.pdf${query}`;

  it("is a PDF of the days and skills that were asked for", async () => {
    const all = await get(path(student.id));
    expect({ status: all.status, begins: begins(all.text) }).toEqual({ status: 200, begins: "%PDF-" });
    const none = await get(path(student.id, "?from=2020-01-01&to=2020-01-31&subject_slug=math&paper=a4"));
    expect(none.status).toBe(200);
    expect(none.headers.get("ETag")).not.toBe(all.headers.get("ETag"));
    expectError(await get(path(student.id, "?from=2026-02-01&to=2026-01-01")), 422, "validation_error");
  });

  it("costs who has it one small statement, until something of it moves", async () => {
    const first = await get(path(student.id));
    const sent = { "If-None-Match": first.headers.get("ETag") ?? "" };
    const before = (await outboundRequests()).postgres;
    const again = await get(path(student.id), student.token, sent);
    expect({ status: again.status, text: again.text }).toEqual({ status: 304, text: "" });
    expect((await outboundRequests()).postgres - before).toBe(1);
    expect((await get(path(student.id))).text).toBe(first.text);
    await sql("update users set time_zone = 'Asia/Tokyo' where id = $1", [student.id]);
    expect((await get(path(student.id), student.token, sent)).status).toBe(200);
    await sql("update users set time_zone = null where id = $1", [student.id]);
  });

  it("is read in one round trip", async () => {
    const before = (await outboundRequests()).postgres;
    await get(path(student.id));
    expect((await outboundRequests()).postgres - before).toBe(1);
  });

  it("is there for who has never practised", async () => {
    const { child } = scene.people;
    const { status, text } = await get(path(child.id), child.token);
    expect({ status, begins: begins(text) }).toEqual({ status: 200, begins: "%PDF-" });
  });

  it("is for those who may see the student", async () => {
    const { child, parent, owner, otherTeacher } = scene.people;
    expect((await get(path(child.id), parent.token)).status).toBe(200);
    expect((await get(path(child.id), owner.token)).status).toBe(200);
    expectError(await get(path(child.id), otherTeacher.token), 403, "forbidden");
  });
});

it("every document is drawn anew for who has one that other code drew", async () => {
  const services = servicesWith();
  const { owner } = scene.people;
  for (const [path, { token }] of [
    [sessionPath, student],
    [`/api/v1/reports/students/${student.id}.pdf`, student],
    [`/api/v1/reports/assignments/${scene.assignmentId}.pdf`, owner],
  ] as const) {
    const told = async (version: string, etag = "") => {
      const headers = { Authorization: `Bearer ${token}`, "If-None-Match": etag };
      const { status, headers: replied } = await createApp({ ...services, version }).request(path, { headers });
      return { status, etag: replied.get("ETag") ?? "" };
    };
    const { etag } = await told("one");
    expect(await told("one", etag)).toEqual({ status: 304, etag });
    expect((await told("other", etag)).status).toBe(200);
  }
});
