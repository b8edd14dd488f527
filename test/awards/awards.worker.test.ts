import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { by, classOf, dataOf, newStudent, type Person } from "../classrooms/school.ts";
import { platform } from "../http/call.ts";
import { sql } from "../worker/client.ts";
import { expectFaults } from "../worker/people.ts";
import { practise } from "./lives.ts";

const awardsReply = z.strictObject({
  data: z.strictObject({
    student_id: z.uuid(),
    awards: z.array(
      z.strictObject({
        kind: z.enum(["RIBBON", "MEDAL", "QUESTIONS", "MINUTES", "SKILLS_MASTERED", "STREAK"]),
        threshold: z.int(),
        skill_id: z.int().nullable(),
        skill_title: z.string().nullable(),
        earned_at: z.iso.datetime(),
      }),
    ),
    next: z.array(
      z.strictObject({
        kind: z.enum(["QUESTIONS", "MINUTES", "SKILLS_MASTERED", "STREAK"]),
        threshold: z.int(),
        reached: z.int(),
      }),
    ),
  }),
  meta: z.strictObject({
    as_of: z.iso.datetime().nullable(),
    next_cursor: z.string().optional(),
    truncated: z.literal(true).optional(),
  }),
});

async function awardsBy(caller: Person, query = "") {
  const answer = await by(caller, "GET", `/awards${query}`);
  dataOf(answer);
  return awardsReply.parse(answer.json());
}

describe("what a student has earned", () => {
  it("is listed with its skill and the moment of the answer, the newest first", async () => {
    const student = await newStudent();
    await practise(student.id, [40, 72, 85, 93], { skillId: 2, at: "2026-03-02T12:00:00.000Z" });
    const { data, meta } = await awardsBy(student);
    const [skill] = await sql<{ title: string }>("select title from skills where id = 2");
    const ribbon = { kind: "RIBBON", skill_id: 2, skill_title: skill?.title };
    expect(data).toMatchObject({
      student_id: student.id,
      awards: [
        { ...ribbon, threshold: 90, earned_at: "2026-03-02T12:03:00.000Z" },
        { ...ribbon, threshold: 80, earned_at: "2026-03-02T12:02:00.000Z" },
        { ...ribbon, threshold: 70, earned_at: "2026-03-02T12:01:00.000Z" },
      ],
    });
    expect(meta).toEqual({ as_of: "2026-03-02T12:03:00.000Z" });
  });

  it("is as of no time where the student's mark is from before their first event", async () => {
    const student = await newStudent();
    await sql("insert into practice_marks (student_id, drained_seq) values ($1, 0)", [student.id]);
    expect((await awardsBy(student)).meta).toEqual({ as_of: null });
  });

  it("says what comes next, and how far it is", async () => {
    const student = await newStudent();
    expect((await awardsBy(student)).data.next).toEqual([
      { kind: "QUESTIONS", threshold: 10, reached: 0 },
      { kind: "MINUTES", threshold: 10, reached: 0 },
      { kind: "SKILLS_MASTERED", threshold: 1, reached: 0 },
      { kind: "STREAK", threshold: 3, reached: 0 },
    ]);
    const yesterday = new Date(Date.now() - 24 * 3600 * 1000).toISOString();
    await practise(student.id, [...Array(11).keys()], { at: `${yesterday.slice(0, 10)}T00:00:00.000Z` });
    await practise(student.id, [60, 100], { skillId: 2, at: new Date().toISOString() });
    expect((await awardsBy(student)).data.next).toEqual([
      { kind: "QUESTIONS", threshold: 50, reached: 13 },
      { kind: "MINUTES", threshold: 30, reached: 13 },
      { kind: "SKILLS_MASTERED", threshold: 3, reached: 1 },
      { kind: "STREAK", threshold: 3, reached: 2 },
    ]);
  });

  it("offers no streak again that was won before it broke", async () => {
    const student = await newStudent();
    for (const day of ["02", "03", "04"]) await practise(student.id, [5], { at: `2026-03-${day}T12:00:00.000Z` });
    const streak = (await awardsBy(student)).data.next.find(({ kind }) => kind === "STREAK");
    expect(streak).toEqual({ kind: "STREAK", threshold: 5, reached: 0 });
  });

  it("is empty for who has never practised, and says so", async () => {
    const { data, meta } = await awardsBy(await newStudent());
    expect({ awards: data.awards, meta }).toEqual({ awards: [], meta: { as_of: null } });
  });

  it("is read in one statement, and so are certificates", async () => {
    const { teacher, pupils } = await classOf(1);
    for (const path of ["/awards", "/awards/certificates"]) {
      const { postgres } = await platform.counted(() => by(teacher, "GET", `${path}?student_id=${pupils[0]?.id}`));
      expect(postgres).toEqual({ requests: 1, statements: 1 });
    }
  });

  it("is not sent again to who has it already, as long as nothing was earned", async () => {
    const student = await newStudent();
    await practise(student.id, [40, 72]);
    for (const path of ["/awards", "/awards/certificates"]) {
      const etag = (await by(student, "GET", path)).headers.get("ETag") ?? "";
      const again = () => by(student, "GET", path, undefined, { "If-None-Match": etag });
      expect((await again()).status).toBe(304);
      await practise(student.id, [95, 100], { skillId: path === "/awards" ? 2 : 3 });
      expect((await again()).status).toBe(200);
    }
  });

  it("is cut where it is longer than a list may be, and goes on from there", async () => {
    const student = await newStudent();
    await sql(
      `insert into awards (student_id, kind, threshold, earned_at)
       select $1, 'QUESTIONS', n, '2026-03-02'::timestamptz + n / 2 * interval '1 s' from generate_series(1, 503) as n`,
      [student.id],
    );
    const { data, meta } = await awardsBy(student);
    expect([data.awards.length, meta.truncated]).toEqual([500, true]);
    const rest = await awardsBy(student, `?cursor=${meta.next_cursor}`);
    expect([rest.data.awards.length, rest.meta.next_cursor, rest.meta.truncated]).toEqual([3, undefined, undefined]);
    const all = [...data.awards, ...rest.data.awards];
    expect(new Set(all.map(({ threshold }) => threshold)).size).toBe(503);
    expect(all.map(({ earned_at }) => earned_at)).toEqual(
      all
        .map(({ earned_at }) => earned_at)
        .toSorted()
        .toReversed(),
    );
  });

  it("comes in pages, each award once", async () => {
    const student = await newStudent();
    await practise(student.id, [72, 85, 93, 100], { skillId: 2, at: "2026-03-02T12:00:00.000Z" });
    const whole = await awardsBy(student);
    let page = await awardsBy(student, "?limit=2");
    const awards = [...page.data.awards];
    while (page.meta.next_cursor) {
      expect(page.data.awards).toHaveLength(2);
      page = await awardsBy(student, `?limit=2&cursor=${page.meta.next_cursor}`);
      awards.push(...page.data.awards);
    }
    expect(awards).toEqual(whole.data.awards);
    expect(page.data.next).toEqual(whole.data.next);
    expectFaults(await by(student, "GET", "/awards?cursor=abc&limit=501"), "cursor", "limit");
  });
});

describe("what certificates a student has", () => {
  beforeAll(async () => {
    await sql(`insert into skills (subject_id, grade_id, code, title, is_published)
      select 1, 7, 'Many ' || n, 'One of many', false from generate_series(1, 252) as n`);
  });

  afterAll(async () => {
    await sql("delete from skills where title = 'One of many'");
  });

  /** As many, of so many skills, several in each moment. */
  async function withCertificates(count: number) {
    const student = await newStudent();
    await sql(
      `insert into certificates (code, student_id, skill_id, type, student_name, earned_at, day)
       select upper(lpad(to_hex(n), 4, '0') || left(md5($1), 16)), $1::uuid, skill_id, type, 'Sam',
         '2026-03-02'::timestamptz + n / 5 * interval '1 s', '2026-03-02'
       from (select row_number() over (order by skills.id, type)::int as n, skills.id as skill_id, type
         from skills cross join (values ('EXCELLENCE'), ('MASTERY')) as types (type)) as all_of_them
       where n <= $2`,
      [student.id, count],
    );
    return student;
  }

  const page = async (caller: Person, query = "") => {
    const answer = await by(caller, "GET", `/awards/certificates${query}`);
    const data: { code: string; earned_at: string }[] = dataOf(answer);
    const { meta } = answer.json() as { meta?: { next_cursor?: string; truncated?: boolean } };
    return { data, meta };
  };

  it("is cut where there are more than 500, and goes on from there", async () => {
    const student = await withCertificates(503);
    const { data, meta } = await page(student);
    expect([data.length, meta?.truncated]).toEqual([500, true]);
    const rest = await page(student, `?cursor=${meta?.next_cursor}`);
    expect([rest.data.length, rest.meta]).toEqual([3, undefined]);
    const all = [...data, ...rest.data];
    expect(new Set(all.map(({ code }) => code)).size).toBe(503);
    const moments = all.map(({ earned_at }) => earned_at);
    expect(moments).toEqual(moments.toSorted().toReversed());
  });

  it("comes in pages, each certificate once, also of one moment", async () => {
    const student = await withCertificates(13);
    const { data: whole, meta } = await page(student);
    expect([whole.length, meta]).toEqual([13, undefined]);
    let read = await page(student, "?limit=2");
    const all = [...read.data];
    while (read.meta?.next_cursor) {
      expect(read.data).toHaveLength(2);
      expect(read.meta.truncated).toBeUndefined();
      read = await page(student, `?limit=2&cursor=${read.meta.next_cursor}`);
      all.push(...read.data);
    }
    expect(all).toEqual(whole);
    expectFaults(await by(student, "GET", "/awards/certificates?cursor=abc&limit=501"), "cursor", "limit");
  });
});
