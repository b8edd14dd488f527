import { sql } from "drizzle-orm";
import { afterEach, describe, expect, it, vi } from "vitest";
import { isDependencyDown, pgError } from "../../src/db/errors.ts";
import { platform } from "../http/call.ts";
import { servicesWith } from "../worker/apps.ts";

const { db } = servicesWith();
const one = () => db.query.execute(sql`select 1 as one`);
const several = () => db.query.batch([one(), one()]);

const failure = (query: () => PromiseLike<unknown>) =>
  Promise.resolve(query()).then(
    () => "no failure",
    (thrown: unknown) => thrown,
  );

afterEach(() => vi.restoreAllMocks());

describe("a query", () => {
  it.each(["refuse", "http_500", "wrong"] as const)(
    "fails as one whose Postgres is down where it does not work (%s), alone and in a batch",
    async (kind) => {
      await platform.broken({ target: "postgres", kind }, async () => {
        for (const query of [one, several]) expect(await failure(query)).toSatisfy(isDependencyDown);
      });
    },
  );

  it.each([
    ["no JSON", 200, "<html>"],
    ["nothing", 200, ""],
    ["JSON null", 200, "null"],
    ["a result without rows", 200, '{"fields":[]}'],
    ["a batch of something else", 200, '{"results":[1]}'],
    ["no result but a batch", 200, "{}"],
    ["an error that is no JSON", 400, "Bad Request"],
    ["an error of another kind", 400, "{}"],
    ["a page of somebody else", 404, "<html>"],
    ["a refusal", 401, "{}"],
  ])("fails as one whose Postgres is down where what answers says %s", async (_what, status, body) => {
    vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response(body, { status }));
    for (const query of [one, several]) expect(await failure(query)).toSatisfy(isDependencyDown);
  });

  it.each([
    ["another password than ours", "28P01"],
    ["no such user", "28000"],
    ["no such database", "3D000"],
    ["a copy that takes no changes", "25006"],
    ["a fault of Postgres's own", "XX000"],
    ["a server that is starting", "57P03"],
  ])("fails as one whose Postgres is down where there is %s", async (message, code) => {
    vi.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json({ message, code }, { status: 400 }));
    for (const query of [one, several]) expect(await failure(query)).toSatisfy(isDependencyDown);
  });

  it("that Postgres refuses is told apart from that", async () => {
    const thrown = await failure(() => db.query.execute(sql`select 1 / 0`));
    expect(thrown).not.toSatisfy(isDependencyDown);
    expect(pgError(thrown)?.code).toBe("22012");
  });
});
