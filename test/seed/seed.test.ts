import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPlatform, type Platform } from "../../dev/platform/index.ts";
import { migrateDatabase } from "../../dev/platform/migrate.ts";
import { loadCatalog } from "../../drizzle/seed/catalog.ts";
import { demo } from "../../drizzle/seed/demo.ts";
import { SEED_IDS } from "../../drizzle/seed/schema.ts";
import { seed } from "../../drizzle/seed/seed.ts";

let platform: Platform;

beforeAll(async () => {
  platform = await createPlatform({ redisToken: "token" });
  await migrateDatabase(platform.database);
  await seed(platform.database, { demo: true });
}, 60_000);

afterAll(() => platform.close());

async function catalogVersion(): Promise<string> {
  const [row] = await platform.database.query<{ version: string }>("select version from catalog_version");
  return row?.version ?? "";
}

describe("the seed", () => {
  test("run again, leaves the catalog's version as it is", async () => {
    const before = await catalogVersion();
    await seed(platform.database, { demo: true });
    expect(await catalogVersion()).toBe(before);
  });

  test("run again, leaves what somebody changed by hand", async () => {
    await platform.database.exec("update topics set title = 'Ours' where id = 1");
    await seed(platform.database, { demo: true });
    const [topic] = await platform.database.query<{ title: string }>("select title from topics where id = 1");
    expect(topic?.title).toBe("Ours");
  });

  test("from other data than before, brings back what is missing and what differs", async () => {
    await platform.database.exec(
      "comment on table catalog_version is 'older data'; delete from questions where id = 2; update questions set prompt = '?' where id = 1",
    );
    await seed(platform.database, { demo: false });
    const prompts = await platform.database.query<{ prompt: string }>(
      "select prompt from questions where id in (1, 2) order by id",
    );
    expect(prompts).toEqual([{ prompt: "What is 7 × 8?" }, { prompt: "What is 12 × 9?" }]);
  });

  test("changes nothing where every row is as it should be, though nobody knows from what", async () => {
    await platform.database.exec("comment on table catalog_version is null");
    const before = await catalogVersion();
    await seed(platform.database, { demo: false });
    expect(await catalogVersion()).toBe(before);
  });

  test("keeps the templates of its files under ids of their own, and brings back one that differs", async () => {
    const { templates } = await loadCatalog();
    const kept = () =>
      platform.database.query("select id, skill_id, level, body from question_templates order by skill_id, level, id");
    const before = await kept();
    expect(before).toHaveLength(templates.length);
    expect(before).toEqual(expect.arrayContaining(templates));
    await platform.database.exec(
      'comment on table catalog_version is null; update question_templates set body = body || \'{"prompt": "?"}\'',
    );
    await seed(platform.database, { demo: false });
    expect(await kept()).toEqual(before);
  });

  test.each(Object.entries(SEED_IDS))(
    "leaves ids to what an ADMIN adds, and to later releases: %s",
    async (table, last) => {
      await platform.database.exec("comment on table catalog_version is 'older data'");
      await seed(platform.database, { demo: false });
      const [next] = await platform.database.query<{ id: string }>(`select nextval('${table}_id_seq') as id`);
      expect(Number(next?.id)).toBeGreaterThan(last);
      const [highest] = await platform.database.query<{ id: number }>(`select max(id) as id from ${table}`);
      expect(highest?.id).toBeLessThanOrEqual(last);
    },
  );

  test("gives every skill the permacode of its id, its standards and its prerequisites", async () => {
    const differing = await platform.database.query("select id from skills where permacode <> permacode_of(id)");
    expect(differing).toEqual([]);
    const [skill] = await platform.database.query(
      "select standards, (select array_agg(prerequisite_id) from skill_prerequisites where skill_id = id) as prerequisites from skills where id = 2",
    );
    expect(skill).toEqual({ standards: ["CCSS.MATH.CONTENT.5.NBT.B.6"], prerequisites: [1] });
  });

  test("gives the demo class its student and its assignment", async () => {
    const rows = await platform.database.query(
      `select teacher.email as teacher, student.email as student, skill_id from classrooms
       join users teacher on teacher.id = teacher_id
       join enrolments on enrolments.classroom_id = classrooms.id
       join users student on student.id = student_id
       join assignments on assignments.classroom_id = classrooms.id`,
    );
    expect(rows).toEqual([{ teacher: "teacher@example.com", student: "student@example.com", skill_id: 1 }]);
  });

  test("leaves an account alone that somebody else registered under a demo address", async () => {
    const [, , student] = demo.users;
    await platform.database.query("delete from users where id = $1", [student.id]);
    await platform.database.query(
      "insert into users (id, email, full_name, role, password_hash) values (gen_random_uuid(), $1, 'Real', 'STUDENT', '')",
      [student.email.toUpperCase()],
    );
    await seed(platform.database, { demo: true });
    const names = await platform.database.query("select full_name from users where lower(email) = $1", [student.email]);
    expect(names).toEqual([{ full_name: "Real" }]);
  });

  test("leaves out a skill that an ADMIN deleted, with what belongs to it, and brings the rest", async () => {
    for (const rows of [
      "questions where skill_id = 46",
      "question_templates where skill_id = 46",
      "skill_prerequisites where 46 in (skill_id, prerequisite_id)",
      "skills where id = 46",
    ]) {
      await platform.database.exec(`delete from ${rows}`);
    }
    await platform.database.exec(
      "comment on table catalog_version is 'older data'; update questions set prompt = '?' where id = 1",
    );
    await seed(platform.database, { demo: false });
    const [there] = await platform.database.query(
      "select exists (select from skills where id = 46) as skill, (select prompt from questions where id = 1) as prompt",
    );
    expect(there).toEqual({ skill: false, prompt: "What is 7 × 8?" });
  });
});
