import { describe, expect, it } from "vitest";
import { api, clearFaults, outboundRequests, setFault, sql } from "../worker/client.ts";
import { expectError, expectFaults } from "../worker/people.ts";
import { ask, dataOf, expectRefers, fresh, made, madeSkill, SKILL } from "./admin.ts";

const UNKNOWN = 2_147_483_647;

type Kind = {
  path: string;
  one: string;
  /** A body with every field, of something new. */
  body: () => Record<string, unknown>;
  /** What a create may leave out, and what it then is. */
  defaults: Record<string, unknown>;
  change: Record<string, unknown>;
  /** The field that must be its own. */
  own: string;
  bad: [fault: string, fields: Record<string, unknown>][];
};

const BAD_SLUGS: Kind["bad"] = ["Upper", "-a", "a_", "a--b", "a-_b", "é", "", "x".repeat(101), 5, null].map((slug) => [
  "slug",
  { slug },
]);

const KINDS: Kind[] = [
  {
    path: "/subjects",
    one: "subject",
    body: () => ({ slug: fresh("a_subject"), title: "Music" }),
    defaults: {},
    change: { title: "Music and sound" },
    own: "slug",
    bad: [...BAD_SLUGS, ["title", { title: " " }], ["title", { title: "x".repeat(81) }], ["title", { title: "a\nb" }]],
  },
  {
    path: "/topics",
    one: "topic",
    body: () => ({
      slug: fresh("topic"),
      title: "Fractions",
      description: "Parts of a whole",
      icon: "🍰",
      order: 7,
      is_published: false,
    }),
    defaults: { description: "", icon: "", order: 0, is_published: true },
    change: { is_published: true },
    own: "slug",
    bad: [
      ...BAD_SLUGS,
      ["order", { order: -1 }],
      ["order", { order: 1.5 }],
      ["is_published", { is_published: "yes" }],
      ["title", { title: null }],
    ],
  },
];

describe.each(KINDS)("/admin$path", ({ path, one, body, defaults, change, own, bad }) => {
  it("makes one, reads it, and lists it", async () => {
    const given = body();
    const { id, ...rest } = await made(path, given);
    expect(id).toBeGreaterThan(0);
    expect(rest).toEqual(given);
    expect(dataOf(await ask("GET", `${path}/${id}`))).toEqual({ id, ...given });
    const listed = await ask("GET", `${path}?search=${given.slug}`);
    expect(listed.json()).toEqual({ data: [{ id, ...given }], meta: { page: 1, page_size: 50, total: 1 } });
  });

  it("makes one of what is needed alone", async () => {
    const needed = Object.fromEntries(Object.entries(body()).filter(([name]) => !(name in defaults)));
    expect(await made(path, needed)).toEqual({ id: expect.any(Number), ...needed, ...defaults });
  });

  it("changes what is named, and nothing else", async () => {
    const before = await made(path, body());
    expect(dataOf(await ask("PATCH", `${path}/${before.id}`, change))).toEqual({ ...before, ...change });
    expect(dataOf(await ask("PATCH", `${path}/${before.id}`, {}))).toEqual({ ...before, ...change });
    expect(dataOf(await ask("GET", `${path}/${before.id}`))).toEqual({ ...before, ...change });
  });

  it("deletes one, and then knows nothing of it", async () => {
    const { id } = await made(path, body());
    expect(dataOf(await ask("DELETE", `${path}/${id}`))).toEqual({ ok: true });
    for (const answer of [
      await ask("GET", `${path}/${id}`),
      await ask("PATCH", `${path}/${id}`, change),
      await ask("PATCH", `${path}/${id}`, {}),
      await ask("DELETE", `${path}/${id}`),
    ]) {
      expect(expectError(answer, 404, "not_found").message).toContain(one);
    }
  });

  it(`refuses a ${own} that another has`, async () => {
    const [first, second] = [await made(path, body()), await made(path, body())];
    const taken = { [own]: first[own] };
    expectError(await ask("POST", path, { ...body(), ...taken }), 409, "conflict");
    expectError(await ask("PATCH", `${path}/${second.id}`, taken), 409, "conflict");
    dataOf(await ask("PATCH", `${path}/${first.id}`, taken));
  });

  it.each(bad)("refuses a bad %s: %j", async (field, fields) => {
    expectFaults(await ask("POST", path, { ...body(), ...fields }), field);
    const { id } = await made(path, body());
    expectFaults(await ask("PATCH", `${path}/${id}`, fields), field);
  });

  it("refuses a body without what is needed, or that is no object", async () => {
    expectFaults(await ask("POST", path, {}), own, "title");
    expectError(await ask("POST", path, []), 422, "validation_error");
  });

  it.each(["0", "-1", "abc", "1.5", "99999999999"])("refuses the id %s", async (id) => {
    for (const method of ["GET", "DELETE"]) expectError(await ask(method, `${path}/${id}`), 400, "validation_error");
    expectError(await ask("PATCH", `${path}/${id}`, change), 400, "validation_error");
  });

  it("turns pages, fifty rows each where nothing else is said", async () => {
    const mark = fresh("page");
    for (let n = 0; n < 3; n += 1) await made(path, { ...body(), slug: `${mark}-${n}` });
    const page = async (n: number) => (await ask("GET", `${path}?search=${mark}&page_size=2&page=${n}`)).json();
    const [first, second, third] = [await page(1), await page(2), await page(3)];
    expect([...first.data, ...second.data].map(({ slug }: { slug: string }) => slug)).toEqual(
      [0, 1, 2].map((n) => `${mark}-${n}`),
    );
    expect(second.meta).toEqual({ page: 2, page_size: 2, total: 3 });
    expect(third).toEqual({ data: [], meta: { page: 3, page_size: 2, total: 3 } });
    expect((await ask("GET", path)).json().meta).toMatchObject({ page: 1, page_size: 50 });
    for (const query of ["page=0", "page_size=501", "page=x"]) {
      expectError(await ask("GET", `${path}?${query}`), 422, "validation_error");
    }
  });

  it("takes one round trip to Postgres for each", async () => {
    const { id } = await made(path, body());
    for (const [method, route, sent] of [
      ["GET", path, undefined],
      ["GET", `${path}/${id}`, undefined],
      ["POST", path, body()],
      ["PATCH", `${path}/${id}`, change],
      ["DELETE", `${path}/${id}`, undefined],
    ] as const) {
      const before = await outboundRequests();
      dataOf(await ask(method, route, sent));
      expect((await outboundRequests()).postgres - before.postgres).toBe(1);
    }
  });

  it("answers 503 while Postgres is down", async () => {
    await setFault({ target: "postgres", kind: "refuse" });
    try {
      expectError(await ask("GET", path), 503, "service_unavailable");
      expectError(await ask("POST", path, body()), 503, "service_unavailable");
    } finally {
      await clearFaults();
    }
  });
});

describe("/admin/grades", () => {
  it("lists all, changes, deletes and makes one", async () => {
    const { data, meta } = (await ask("GET", "/grades")).json();
    expect(data.map((grade: { number: number }) => grade.number)).toEqual([
      -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
    ]);
    expect(meta).toEqual({ page: 1, page_size: 50, total: 14 });
    const twelfth = data.at(-1);
    expect(dataOf(await ask("PATCH", `/grades/${twelfth.id}`, { title: "Senior year" }))).toEqual({
      ...twelfth,
      title: "Senior year",
    });
    expect(dataOf(await ask("DELETE", `/grades/${twelfth.id}`))).toEqual({ ok: true });
    const again = await made("/grades", { number: 12, title: twelfth.title });
    expect(again).toEqual({ id: expect.any(Number), number: 12, title: twelfth.title });
    expect(dataOf(await ask("GET", `/grades/${again.id}`))).toEqual(again);
    expectError(await ask("POST", "/grades", { number: 12, title: "Another" }), 409, "conflict");
    // Other tests know the seed's ids.
    await sql("update grades set id = $1 where number = 12", [twelfth.id]);
  });

  it("has one beyond school's twelve, whose skills are found by its number", async () => {
    const grade = await made("/grades", { number: 13, title: "College" });
    const skill = await made("/skills", { ...SKILL, grade_id: grade.id, code: "C.1", title: "Limits" });
    const found = await api("GET", "/skills?grade_number=13");
    expect(found.json().data.map(({ id }: { id: number }) => id)).toEqual([skill.id]);
    dataOf(await ask("DELETE", `/skills/${skill.id}`));
    dataOf(await ask("DELETE", `/grades/${grade.id}`));
  });

  it.each([{ number: 100 }, { number: -2 }, { number: 1.5 }, { number: "5" }, { number: null }])(
    "refuses %j",
    async (bad) => {
      expectFaults(await ask("POST", "/grades", { title: "Grade", ...bad }), "number");
      expectFaults(await ask("PATCH", "/grades/7", bad), "number");
    },
  );
});

describe("what something refers to", () => {
  it("is not deleted: a subject, a grade and a topic with skills", async () => {
    const subject = await made("/subjects", { slug: fresh("subject"), title: "Music" });
    const topic = await made("/topics", { slug: fresh("topic"), title: "Notes" });
    const skill = { subject_id: subject.id, grade_id: 7, topic_id: topic.id, title: "A skill" };
    const skills = [await made("/skills", { ...skill, code: "N.1" }), await made("/skills", { ...skill, code: "N.2" })];
    expectRefers(await ask("DELETE", `/subjects/${subject.id}`), { skills: 2 });
    expectRefers(await ask("DELETE", `/topics/${topic.id}`), { skills: 2 });
    const refused = expectError(await ask("DELETE", "/grades/7"), 409, "conflict");
    expect(refused.details).toMatchObject({ refers: { skills: expect.any(Number), classrooms: expect.any(Number) } });
    for (const { id } of skills) dataOf(await ask("DELETE", `/skills/${id}`));
    dataOf(await ask("DELETE", `/subjects/${subject.id}`));
    dataOf(await ask("DELETE", `/topics/${topic.id}`));
  });

  it("can be named only where it is", async () => {
    const skill = { ...SKILL, code: fresh("T").slice(-20), title: "A skill" };
    for (const [field, id] of [
      ["subject_id", UNKNOWN],
      ["grade_id", UNKNOWN],
      ["topic_id", UNKNOWN],
    ] as const) {
      expectFaults(await ask("POST", "/skills", { ...skill, [field]: id }), field);
      const { id: made } = await madeSkill();
      expectFaults(await ask("PATCH", `/skills/${made}`, { [field]: id }), field);
    }
  });
});
