import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Answer, api, type Json, sql } from "../worker/client.ts";
import { expectError, newEmail, newPerson } from "../worker/people.ts";
import { admin, ask, dataOf, fresh, made, madeSkill, numeric } from "./admin.ts";

const entryShape = z.strictObject({
  id: z.uuid(),
  at: z.iso.datetime(),
  actor_id: z.uuid(),
  actor_name: z.string().nullable(),
  action: z.enum(["create", "update", "delete"]),
  entity: z.string(),
  entity_id: z.string(),
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
  request_id: z.string(),
});

/** What the log tells of one request, as the API shows it. */
async function toldOf(answer: Answer) {
  const requestId = answer.headers.get("X-Request-Id") ?? "";
  const { data, meta } = (await ask("GET", `/audit?request_id=${requestId}`)).json();
  expect(meta).toEqual({ page: 1, page_size: 50, total: data.length });
  return data.map((entry: unknown) => entryShape.parse(entry)) as z.infer<typeof entryShape>[];
}

const bodies: [path: string, entity: string, body: () => Promise<object>, change: object][] = [
  ["/subjects", "subjects", async () => ({ slug: fresh("s"), title: "Music" }), { title: "Sound" }],
  ["/topics", "topics", async () => ({ slug: fresh("t"), title: "Notes" }), { is_published: false }],
  [
    "/skills",
    "skills",
    async () => ({ subject_id: 1, grade_id: 7, code: fresh("T").slice(-20), title: "A skill" }),
    { standards: ["A.1"] },
  ],
  ["/questions", "questions", async () => numeric((await madeSkill()).id), { correct_answer: { value: 3 } }],
  [
    "/users",
    "users",
    async () => ({ email: newEmail(), password: "Password123!", full_name: "Tess", role: "TEACHER" }),
    { plan: "PREMIUM" },
  ],
];

describe("the audit log tells who did what, from what to what, by which request", () => {
  it.each(bodies)("of a create, a change and a delete at %s", async (path, entity, body, change) => {
    const { id: actorId } = await admin();
    const common = { actor_id: actorId, actor_name: expect.any(String), entity };

    const created = await ask("POST", path, await body());
    const { id } = dataOf(created);
    const [create, ...more] = await toldOf(created);
    expect(more).toEqual([]);
    expect(create).toMatchObject({ ...common, action: "create", entity_id: String(id), before: null, after: { id } });

    const changed = await ask("PATCH", `${path}/${id}`, change);
    dataOf(changed);
    const [update] = await toldOf(changed);
    expect(update).toMatchObject({ ...common, action: "update", before: create?.after });
    expect(update?.after).toEqual({ ...create?.after, ...change });

    const deleted = await ask("DELETE", `${path}/${id}`);
    dataOf(deleted);
    expect(await toldOf(deleted)).toEqual([
      expect.objectContaining({ ...common, action: "delete", before: update?.after, after: null }),
    ]);

    const history = (await ask("GET", `/audit?entity=${entity}&entity_id=${id}`)).json().data;
    expect(history.map(({ action }: Json) => action)).toEqual(["delete", "update", "create"]);
  });

  it("of another password, without a trace of it", async () => {
    const { user } = await newPerson();
    const answer = await ask("POST", `/users/${user.id}/password`, { new_password: "Better456!" });
    dataOf(answer);
    const told = await toldOf(answer);
    expect(told).toMatchObject([{ action: "update", entity: "users", after: { password: "changed" } }]);
    expect(JSON.stringify(told)).not.toMatch(/argon2|Better456/);
    const secret =
      "select 1 from audit_log where (before::text || coalesce(after::text, '')) ~ 'argon2|create_key|password_hash'";
    expect(await sql(secret)).toEqual([]);
  });

  it("with the times in a row as everywhere: in UTC, with a Z", async () => {
    const body = { email: newEmail(), password: "Password123!", full_name: "Tess", role: "TEACHER" };
    const [create] = await toldOf(await ask("POST", "/users", body));
    expect(create?.after?.created_at).toBe(new Date(String(create?.after?.created_at)).toISOString());
  });

  it("of PATCH /skills/{id}", async () => {
    const skill = await madeSkill();
    const { token } = await admin();
    const answer = await api("PATCH", `/skills/${skill.id}`, { token, body: { title: "Renamed" } });
    expect(await toldOf(answer)).toMatchObject([
      { action: "update", entity: "skills", before: { title: skill.title }, after: { title: "Renamed" } },
    ]);
  });

  it("not of what changed nothing, was refused, or is no admin's doing", async () => {
    const subject = await made("/subjects", { slug: fresh("s"), title: "Music" });
    expect(await toldOf(await ask("PATCH", `/subjects/${subject.id}`, { title: "Music" }))).toEqual([]);
    expect(await toldOf(await ask("PATCH", `/subjects/${subject.id}`, { slug: "math" }))).toEqual([]);
    expect(await toldOf(await ask("DELETE", "/subjects/1"))).toEqual([]);
    const { access_token, user } = await newPerson();
    await api("PATCH", "/users/me", { token: access_token, body: { school: "Hilltop" } });
    expect((await ask("GET", `/audit?entity=users&entity_id=${user.id}`)).json().data).toEqual([]);
  });
});

describe("GET /admin/audit", () => {
  it("filters by who, what and when, and turns pages, the newest first", async () => {
    const { id: actorId } = await admin();
    const subject = await made("/subjects", { slug: fresh("s"), title: "0" });
    for (const title of ["1", "2", "3"]) dataOf(await ask("PATCH", `/subjects/${subject.id}`, { title }));
    const of = `entity=subjects&entity_id=${subject.id}`;
    const list = async (query: string) => (await ask("GET", `/audit?${of}&${query}`)).json();
    const titles = async (query: string) => (await list(query)).data.map(({ after }: Json) => after.title);
    expect(await titles("")).toEqual(["3", "2", "1", "0"]);
    expect(await titles("page_size=3&page=2")).toEqual(["0"]);
    expect((await list("page_size=3")).meta).toEqual({ page: 1, page_size: 3, total: 4 });
    expect(await titles("action=create")).toEqual(["0"]);
    expect(await titles(`actor_id=${actorId}`)).toHaveLength(4);
    expect(await titles("actor_id=0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001")).toEqual([]);
    const [newest] = (await list("")).data;
    expect(await titles(`from=${newest.at}`)).toContain("3");
    expect(await titles(`to=${newest.at}`)).not.toContain("3");
    expect(await titles("from=2100-01-01T00:00:00Z")).toEqual([]);
  });

  const REFUSED = [
    "actor_id=1",
    "action=look",
    "from=yesterday",
    "from=0000-01-01T00:00:00Z",
    "to=9999-12-31T23:59:59-23:59",
    "page=0",
  ];
  it.each(REFUSED)("refuses %s", async (query) => {
    expectError(await ask("GET", `/audit?${query}`), 422, "validation_error");
  });
});
