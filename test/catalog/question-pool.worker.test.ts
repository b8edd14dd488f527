import { inArray, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keepPool, knownPool, POOL_LIMIT, poolQuery, readPool, toPool } from "../../src/catalog/question-pool.ts";
import { questions, skills } from "../../src/db/tables.ts";
import { platform } from "../http/call.ts";
import { servicesWith } from "../worker/apps.ts";

const { db } = servicesWith();
let empty: number;
let hidden: number;
let large: number;
let heavy: number;

beforeAll(async () => {
  const common = { subjectId: 1, gradeId: 7 };
  const rows = await db.query
    .insert(skills)
    .values([
      { ...common, code: "POOL.1", title: "Empty" },
      { ...common, code: "POOL.2", title: "Hidden", isPublished: false },
      { ...common, code: "POOL.3", title: "Large" },
      { ...common, code: "POOL.4", title: "Heavy" },
    ])
    .returning({ id: skills.id });
  [empty = 0, hidden = 0, large = 0, heavy = 0] = rows.map(({ id }) => id);
  await db.query.execute(sql`
    insert into questions (skill_id, type, prompt, data, correct_answer, explanation, level)
    select ${large}::int, 'NUMERIC', 'What is ' || n || ' + 1?', '{}', jsonb_build_object('value', n + 1), '', 1 + n % 5
    from generate_series(1, ${POOL_LIMIT + 1}::int) as n`);
});

afterAll(async () => {
  await db.query.delete(questions).where(inArray(questions.skillId, [empty, hidden, large, heavy]));
  await db.query.delete(skills).where(inArray(skills.id, [empty, hidden, large, heavy]));
});

const read = (skillId: number, knownVersion?: number, services = servicesWith()) =>
  readPool(services, { skillId, knownVersion });

describe("a skill's question pool", () => {
  it("has the skill and all its questions by id, with their keys", async () => {
    const { version, skill, questions: pool } = await read(1);
    expect(version).toBeGreaterThan(0);
    expect(skill).toEqual({ id: 1, title: "Multiply whole numbers", isPublished: true });
    expect(pool.length).toBeGreaterThanOrEqual(15);
    expect(pool[0]).toEqual({
      id: 1,
      type: "MCQ",
      prompt: "What is 7 × 8?",
      data: {
        choices: [
          { id: "A", text: "54" },
          { id: "B", text: "56" },
          { id: "C", text: "64" },
        ],
      },
      correctAnswer: { choice: "B" },
      explanation: expect.any(String),
      level: 2,
    });
    const ids = pool.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
  });

  it("has no skill where there is none", async () => {
    expect(await read(2_147_483_647)).toEqual({
      version: expect.any(Number),
      skill: undefined,
      questions: [],
      templates: [],
    });
  });

  it("has no questions where the skill has none", async () => {
    expect(await read(empty)).toMatchObject({ skill: { title: "Empty" }, questions: [], templates: [] });
  });

  it("says whether the skill is published", async () => {
    expect((await read(hidden)).skill).toMatchObject({ isPublished: false });
  });

  it("ends before it is more than Postgres can give at once", async () => {
    const inserted = sql`
      insert into questions (skill_id, type, prompt, data, correct_answer, explanation, level)
      select ${heavy}::int, 'TEXT', 'Question ' || n, jsonb_build_object('note', repeat('ö"', 15000)), '{"text":"x"}', '', 1
      from generate_series(1, 300) as n`;
    await db.query.execute(inserted);
    const { questions: pool } = await read(heavy);
    expect(pool.length).toBeGreaterThan(20);
    expect(pool.length).toBeLessThan(300);
    expect(pool.map(({ prompt }) => prompt)).toEqual(pool.map((_, index) => `Question ${index + 1}`));
  });

  it("ends after two thousand questions", async () => {
    const { questions: pool } = await read(large);
    expect(pool).toHaveLength(POOL_LIMIT);
    expect(pool[0]?.prompt).toBe("What is 1 + 1?");
  });
});

describe("round trips", () => {
  it("one for a pool that the isolate has not", async () => {
    expect((await platform.counted(() => read(1))).postgres).toEqual({ requests: 1, statements: 1 });
  });

  it("none for a pool of the version that the caller knows", async () => {
    const services = servicesWith();
    const first = await read(1, undefined, services);
    const again = await platform.counted(async () => expect(await read(1, first.version, services)).toBe(first));
    expect(again.postgres.requests).toBe(0);
  });

  it("one where the caller knows another version, or none", async () => {
    const services = servicesWith();
    const { version } = await read(1, undefined, services);
    for (const known of [version + 1, undefined]) {
      expect((await platform.counted(() => read(1, known, services))).postgres.requests).toBe(1);
    }
  });

  it("one together with another statement, in a batch", async () => {
    const { db } = servicesWith();
    const counted = await platform.counted(async () => {
      const [rows, other] = await db.query.batch([
        poolQuery(db.query, 1),
        db.query.select({ id: skills.id }).from(skills).limit(1),
      ]);
      const pool = toPool(rows);
      keepPool(db, pool);
      expect(knownPool(db, 1, pool.version)).toBe(pool);
      expect(other).toHaveLength(1);
    });
    expect(counted.postgres).toEqual({ requests: 1, statements: 2 });
  });
});
