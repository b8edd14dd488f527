import { like } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { skills } from "../../src/db/tables.ts";
import { platform } from "../http/call.ts";
import { db, freshApp, zebras } from "./zebras.ts";

zebras();

describe("caching", () => {
  it.each(["/subjects", "/grades", "/topics", "/skills?q=zebra&page=9", "/skills/1"])(
    "asks Postgres one statement for %s, and nothing the next time",
    async (path) => {
      const app = freshApp();
      const ask = async () => (await app.request(`/api/v1${path}`)).text();
      const first = await platform.counted(ask);
      expect(first.postgres).toEqual({ requests: 1, statements: 1 });
      expect(first.redis.requests).toBe(0);
      expect((await platform.counted(ask)).postgres.requests).toBe(0);
    },
  );

  it("answers 304 to who has it already, also where it was compressed on the way", async () => {
    const app = freshApp();
    const etag = (await app.request("/api/v1/skills")).headers.get("ETag");
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const response = await app.request("/api/v1/skills", { headers: { "If-None-Match": String(known) } });
      expect(response.status).toBe(304);
      expect(response.headers.get("ETag")).toBe(etag);
      expect(response.headers.get("Cache-Control")).toMatch(/^public/);
      expect(await response.text()).toBe("");
    }
    const other = await app.request("/api/v1/skills", { headers: { "If-None-Match": '"other"' } });
    expect(other.status).toBe(200);
  });

  it("has another ETag for other data, and the same for the same in another isolate", async () => {
    const [one, again, two] = await Promise.all([
      freshApp().request("/api/v1/skills/1"),
      freshApp().request("/api/v1/skills/1"),
      freshApp().request("/api/v1/skills/2"),
    ]);
    expect(again.headers.get("ETag")).toBe(one.headers.get("ETag"));
    expect(two.headers.get("ETag")).not.toBe(one.headers.get("ETag"));
  });

  describe("as time goes by", () => {
    const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);
    beforeAll(() => vi.useFakeTimers({ toFake: ["Date"] }));
    afterAll(() => vi.useRealTimers());

    it("shows a change of the catalog after three seconds, and before that at most the old state", async () => {
      const app = freshApp();
      const title = async () => {
        const response = await app.request("/api/v1/skills?q=TEST.3");
        const { data } = await response.json<{ data: { title: string }[] }>();
        return data[0]?.title;
      };
      expect(await title()).toBe("Zebra");
      await db.query.update(skills).set({ title: "Zebra renamed" }).where(like(skills.code, "TEST.3"));
      expect(await title()).toBe("Zebra");
      pass(3_000);
      expect(await title()).toBe("Zebra renamed");
      await db.query.update(skills).set({ title: "Zebra" }).where(like(skills.code, "TEST.3"));
    });

    it("asks for the version alone, once for all lists, while nothing changes", async () => {
      const app = freshApp();
      const readAll = () =>
        Promise.all(
          ["/subjects", "/grades", "/topics"].map(async (path) => (await app.request(`/api/v1${path}`)).text()),
        );
      await readAll();
      pass(3_000);
      expect((await platform.counted(readAll)).postgres.requests).toBe(1);
    });

    it("goes on with what it has while Postgres is down", async () => {
      const app = freshApp();
      const before = await (await app.request("/api/v1/subjects")).text();
      pass(60_000);
      const during = await platform.broken({ target: "postgres", kind: "refuse" }, async () =>
        (await app.request("/api/v1/subjects")).text(),
      );
      expect(during).toBe(before);
    });
  });
});
