import { like } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { skills, subjects } from "../../src/db/tables.ts";
import { expectError } from "../http/call.ts";
import { db, freshApp, zebras } from "./zebras.ts";

const zebra = zebras();

async function get(path: string) {
  const response = await freshApp().request(`/api/v1${path}`);
  expect(response.status).toBe(200);
  return (await response.json()) as { data: Record<string, unknown>[]; meta?: Record<string, unknown> };
}

const codes = async (query: string) => (await get(`/skills?${query}`)).data.map(({ code }) => code);

describe("the whole lists", () => {
  it("GET /subjects has the subjects by id", async () => {
    const { data, meta } = await get("/subjects");
    expect(data.slice(0, 2)).toEqual([
      { id: 1, slug: "math", title: "Math" },
      { id: 2, slug: "language-arts", title: "Language Arts" },
    ]);
    expect(meta).toBeUndefined();
  });

  it("GET /grades goes from Pre-K to 12", async () => {
    const { data } = await get("/grades");
    expect(data.map(({ number }) => number)).toEqual([-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(data[6]).toEqual({ id: 7, number: 5, title: expect.any(String) });
  });

  it("GET /topics has the published ones in their order, with every field", async () => {
    const { data } = await get("/topics");
    const orders = data.map(({ order }) => order);
    expect(orders).toEqual([...orders].sort((a, b) => Number(a) - Number(b)));
    expect(data.find(({ slug }) => slug === "test-hidden")).toBeUndefined();
    expect(data.find(({ slug }) => slug === "test-shown")).toEqual({
      id: zebra.topicIds[0],
      slug: "test-shown",
      title: "Test shown",
      description: "",
      icon: "",
      order: 900,
      is_published: true,
    });
  });

  it("are cut after 500 rows, and say so", async () => {
    const many = Array.from({ length: 500 }, (_, i) => ({ slug: `test-many-${i}`, title: `Many ${i}` }));
    await db.query.insert(subjects).values(many);
    const { data, meta } = await get("/subjects");
    await db.query.delete(subjects).where(like(subjects.slug, "test-many-%"));
    expect(data).toHaveLength(500);
    expect(meta).toEqual({ truncated: true });
  });
});

describe("GET /skills", () => {
  it("has the first twenty published ones by id, and how many there are", async () => {
    const { data, meta } = await get("/skills");
    expect(data).toHaveLength(20);
    expect(data[0]).toEqual({
      id: 1,
      subject_id: 1,
      grade_id: 7,
      topic_id: 1,
      topic_title: expect.any(String),
      code: "A.1",
      title: "Multiply whole numbers",
      difficulty: 2,
      tags: expect.arrayContaining(["multiplication"]),
      permacode: expect.stringMatching(/^[CDFHJKMNPQRTVWXY][CDFHJKMNPQRTVWXY2346789]{3}$/),
      standards: expect.any(Array),
      prerequisites: expect.any(Array),
    });
    const ids = data.map(({ id }) => Number(id));
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(meta).toEqual({ page: 1, page_size: 20, total: expect.any(Number) });
    expect(Number(meta?.total)).toBeGreaterThanOrEqual(6);
  });

  it("leaves out what is not published", async () => {
    expect(await codes("q=zebra")).toEqual(["TEST.1", "TEST.2", "TEST.3", "TEST.5"]);
  });

  it("shows a skill whose topic is not published as if it had none", async () => {
    const { data } = await get("/skills?q=TEST.2");
    expect(data[0]).toMatchObject({ topic_id: null, topic_title: null });
    expect((await get(`/skills?topic_id=${zebra.topicIds[1]}`)).meta).toMatchObject({ total: 0 });
  });

  it.each([
    ["the title, in any case", "q=zEBRA%20sure", []],
    ["part of the title", "q=%20ZEBRA%20100%25%20", ["TEST.1"]],
    ["the code, in any case", "q=test.3", ["TEST.3"]],
    ["a tag", "q=SECOND", ["TEST.3"]],
    ["no text over two tags", "q=first%20second", []],
    ["a percent sign as itself", "q=100%25", ["TEST.1"]],
    ["not a percent sign as anything", "q=Zeb%25sure", []],
    ["an underscore as itself", "q=odd_tag", ["TEST.1"]],
    ["not an underscore as any character", "q=Zebr_", []],
    ["a backslash as itself, in a title", "q=a%5Cb", ["TEST.2"]],
    ["a backslash as itself, in a tag", "q=back%5Cslash", ["TEST.2"]],
    ["a backslash at the end", "q=sure%5C", []],
    ["quotes as themselves", "q=%27%22%3B--", []],
  ])("finds by %s", async (_, query, found) => {
    expect(await codes(query)).toEqual(found);
  });

  it.each([
    ["subject", "subject_slug=math", ["TEST.1", "TEST.2", "TEST.3"]],
    ["another subject", "subject_slug=language-arts", ["TEST.5"]],
    ["grade", "grade_number=-1", ["TEST.5"]],
    ["subject and grade", "subject_slug=math&grade_number=-1", []],
    ["an unknown subject", "subject_slug=alchemy", []],
    ["a grade, with filters left open", "subject_slug=&standard=&grade_number=-1", ["TEST.5"]],
  ])("filters by %s", async (_, query, found) => {
    expect(await codes(`q=zebra&${query}`)).toEqual(found);
  });

  it("filters by topic", async () => {
    expect(await codes(`topic_id=${zebra.topicIds[0]}`)).toEqual(["TEST.1"]);
  });

  it("an empty q filters nothing", async () => {
    expect((await get("/skills?q=%20")).meta).toEqual((await get("/skills")).meta);
  });

  it("turns pages without losing or repeating a skill, and knows the total past the end", async () => {
    const pages = await Promise.all([1, 2, 3].map((page) => get(`/skills?q=zebra&page_size=3&page=${page}`)));
    expect(pages.map(({ data }) => data.map(({ code }) => code))).toEqual([
      ["TEST.1", "TEST.2", "TEST.3"],
      ["TEST.5"],
      [],
    ]);
    expect(pages.map(({ meta }) => meta)).toEqual([1, 2, 3].map((page) => ({ page, page_size: 3, total: 4 })));
  });

  it.each(["page=0", "page=-1", "page=1.5", "page=1e3", "page=9999999999", "page_size=501", "page_size=0"])(
    "refuses %s",
    async (query) => {
      await expectError(await freshApp().request(`/api/v1/skills?${query}`), 422, "validation_error");
    },
  );

  it.each(["grade_number=100", "grade_number=five", "topic_id=0", "topic_id=-1", `q=${"x".repeat(101)}`])(
    "refuses the filter %s",
    async (query) => {
      await expectError(await freshApp().request(`/api/v1/skills?${query}`), 422, "validation_error");
    },
  );

  it("allows pages of 500", async () => {
    expect((await get("/skills?page_size=500")).meta).toMatchObject({ page_size: 500 });
  });
});

describe("GET /skills/{id}", () => {
  it("has the skill in full", async () => {
    const response = await freshApp().request("/api/v1/skills/1");
    expect(await response.json()).toEqual({
      data: {
        id: 1,
        subject_id: 1,
        grade_id: 7,
        topic_id: 1,
        topic_title: expect.any(String),
        code: "A.1",
        title: "Multiply whole numbers",
        difficulty: 2,
        tags: expect.any(Array),
        permacode: expect.any(String),
        standards: expect.any(Array),
        prerequisites: expect.any(Array),
        description: expect.any(String),
        example_url: null,
        video_url: null,
        is_published: true,
      },
    });
  });

  it("knows nothing of one that is not published, or not there", async () => {
    const [hidden] = await db.query.select({ id: skills.id }).from(skills).where(like(skills.code, "TEST.4"));
    for (const id of [hidden?.id, 2_147_483_647]) {
      await expectError(await freshApp().request(`/api/v1/skills/${id}`), 404, "not_found");
    }
  });

  it.each(["0", "-1", "1.0", "01", "1e3", "0x1", "99999999999"])("refuses the id %s", async (id) => {
    await expectError(await freshApp().request(`/api/v1/skills/${id}`), 400, "validation_error");
  });
});
