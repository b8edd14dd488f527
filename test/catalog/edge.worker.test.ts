import { like } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createApp } from "../../src/app.ts";
import { subjects } from "../../src/db/tables.ts";
import { edgeCache } from "../../src/edge-cache.ts";
import type { Services } from "../../src/services.ts";
import { expectError, platform } from "../http/call.ts";
import { servicesWith } from "../worker/apps.ts";
import { edgeAt, emptyPlace } from "../worker/edge.ts";

const SLUG = "edge-test";

const { db } = servicesWith();
const rename = (title: string) => db.query.update(subjects).set({ title }).where(like(subjects.slug, SLUG));

beforeAll(async () => {
  await db.query.insert(subjects).values({ slug: SLUG, title: "First" });
});
afterAll(async () => {
  await db.query.delete(subjects).where(like(subjects.slug, SLUG));
});

type Place = ReturnType<typeof emptyPlace>;

/** A Worker whose isolate has read nothing yet, in this place. */
const isolateAt = (place: Place, services: Partial<Services> = {}) =>
  createApp({ ...servicesWith(), edge: edgeAt(place), ...services });

async function ask(app: ReturnType<typeof isolateAt>, path = "/subjects") {
  const response = await app.request(`https://ascent.test/api/v1${path}`);
  return { status: response.status, etag: response.headers.get("ETag"), text: await response.text() };
}

const titleIn = ({ text }: { text: string }): string | undefined =>
  (JSON.parse(text) as { data: { slug: string; title: string }[] }).data.find(({ slug }) => slug === SLUG)?.title;

/** What an isolate keeps for the others it keeps in the background: waits until another can have it without Postgres. */
const keptAt = (place: Place, path?: string) =>
  vi.waitUntil(async () => {
    const { postgres } = await platform.counted(() => ask(isolateAt(place), path));
    return postgres.requests === 0;
  });

describe("the catalog at the edge", () => {
  it.each(["/subjects", "/grades", "/topics", "/skills?q=multiply&page_size=3", "/skills/1"])(
    "answers %s in an isolate that has read nothing, without Postgres",
    async (path) => {
      const place = emptyPlace();
      const first = await ask(isolateAt(place), path);
      await keptAt(place, path);
      expect(await ask(isolateAt(place), path)).toEqual(first);
    },
  );

  it("tells one input from another, and one spelling of the same from none", async () => {
    const place = emptyPlace();
    await ask(isolateAt(place), "/skills?page=1");
    await keptAt(place, "/skills");
    const other = await ask(isolateAt(place), "/skills?page=2");
    expect(other).toEqual(await ask(isolateAt(emptyPlace()), "/skills?page=2"));
  });

  it("serves no reply that another release made", async () => {
    const place = emptyPlace();
    await ask(isolateAt(place));
    await keptAt(place);
    const { postgres } = await platform.counted(() => ask(isolateAt(place, { version: "another-release" })));
    expect(postgres.requests).toBeGreaterThan(0);
  });

  it("keeps nothing of what is not there", async () => {
    const place = emptyPlace();
    for (const _again of [1, 2]) {
      const response = await isolateAt(place).request("https://ascent.test/api/v1/skills/2147483647");
      await expectError(response, 404, "not_found");
    }
  });

  describe("as time goes by", () => {
    const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);
    beforeAll(() => vi.useFakeTimers({ toFake: ["Date"] }));
    afterAll(() => vi.useRealTimers());

    it("shows a write after three seconds, to isolates old and new, however many pass it on", async () => {
      const place = emptyPlace();
      await rename("First");
      const old = isolateAt(place);
      expect(titleIn(await ask(old))).toBe("First");
      await keptAt(place);
      await rename("Second");
      pass(1_500);
      // Takes over the version with its age, not as if it were new.
      const middle = isolateAt(place);
      await ask(middle);
      pass(1_500);
      for (const app of [old, middle, isolateAt(place)]) expect(titleIn(await ask(app))).toBe("Second");
    });

    it("gives an isolate that lags what another has read of the new version", async () => {
      const place = emptyPlace();
      const lagging = isolateAt(place);
      await ask(lagging);
      await rename("Third");
      pass(3_000);
      await ask(isolateAt(place));
      await keptAt(place);
      const { postgres } = await platform.counted(async () => {
        expect(titleIn(await ask(lagging))).toBe("Third");
      });
      expect(postgres.requests).toBe(0);
    });

    it("answers in an isolate that has read nothing while Postgres is down", async () => {
      const place = emptyPlace();
      const before = await ask(isolateAt(place));
      await keptAt(place);
      pass(20_000);
      for (const kind of ["refuse", "wrong"] as const) {
        const during = await platform.broken({ target: "postgres", kind }, () => ask(isolateAt(place)));
        expect(during).toEqual(before);
      }
    });

    it("stays there as long as an isolate uses it, also while Postgres is down", async () => {
      const { match, put } = emptyPlace();
      const kept: string[] = [];
      const app = isolateAt({
        match,
        put: (url, response) => {
          kept.push(new URL(String(url)).pathname);
          return put(url, response);
        },
      });
      await ask(app);
      const both = kept.splice(0).toSorted();
      expect(both).toEqual([expect.stringMatching(/\/\d+\/subjects$/), expect.stringMatching(/\/version$/)]);
      pass(29_000);
      await platform.broken({ target: "postgres", kind: "refuse" }, () => ask(app));
      expect(kept).toEqual([]);
      pass(1_000);
      await platform.broken({ target: "postgres", kind: "refuse" }, () => ask(app));
      expect(kept.toSorted()).toEqual(both);
    });

    it("does not believe a version of a time to come", async () => {
      const place = emptyPlace();
      pass(3_600_000);
      await ask(isolateAt(place));
      await keptAt(place);
      pass(-3_600_000);
      await rename("Fourth");
      expect(titleIn(await ask(isolateAt(place)))).toBe("Fourth");
    });
  });
});

describe("a Cache API that does not work", () => {
  const never = () => new Promise<never>(() => {});
  const saying = (text: string): Place => ({ match: async () => new Response(text), put: async () => {} });

  it.each<[string, () => Place]>([
    [
      "is not there",
      () => {
        throw new Error("No Cache was configured");
      },
    ],
    ["fails", () => ({ match: () => Promise.reject(new Error("down")), put: () => Promise.reject(new Error("down")) })],
    ["never answers", () => ({ match: never, put: never })],
    ["says nonsense", () => saying("nonsense")],
    ["says JSON of another form", () => saying('{"version":"1","atMs":null,"body":7}')],
    ["says nothing", () => saying("")],
  ])("which %s: replies come from Postgres all the same", async (_what, open) => {
    const expected = await ask(isolateAt(emptyPlace()));
    const app = createApp({ ...servicesWith(), edge: edgeCache(open) });
    expect(await ask(app)).toEqual(expected);
    expect(await ask(app)).toEqual(expected);
  });

  it("is asked once and then left alone for a while", async () => {
    let asked = 0;
    const edge = edgeAt({
      match: () => {
        asked += 1;
        return Promise.reject(new Error("down"));
      },
      put: async () => {},
    });
    for (let times = 0; times < 5; times += 1) expect(await edge.get("https://ascent.test/")).toBeUndefined();
    expect(asked).toBe(1);
  });
});
