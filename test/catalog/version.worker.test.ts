import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { catalogVersion } from "../../src/catalog/version.ts";
import { platform } from "../http/call.ts";
import { servicesWith } from "../worker/apps.ts";

const NOW = Date.UTC(2026, 10, 22);

const touchCatalog = (services = servicesWith()) =>
  services.db.query.execute(sql`update subjects set title = title where id = 1`);

describe("the catalog's version", () => {
  it("grows when the catalog changes", async () => {
    const before = await catalogVersion(servicesWith(), NOW);
    await touchCatalog();
    expect(await catalogVersion(servicesWith(), NOW)).toBeGreaterThan(before);
  });

  it("is asked for once in three seconds", async () => {
    const services = servicesWith();
    const asked = (nowMs: number) => platform.counted(() => catalogVersion(services, nowMs));
    expect((await asked(NOW)).postgres.requests).toBe(1);
    expect((await asked(NOW + 2_999)).postgres.requests).toBe(0);
    await touchCatalog();
    const known = await catalogVersion(services, NOW + 2_999);
    expect((await asked(NOW + 3_000)).postgres.requests).toBe(1);
    expect(await catalogVersion(services, NOW + 3_000)).toBeGreaterThan(known);
  });

  it("is asked for once by all who want it at the same time", async () => {
    const services = servicesWith();
    const all = () => Promise.all(Array.from({ length: 20 }, () => catalogVersion(services, NOW)));
    expect((await platform.counted(all)).postgres.requests).toBe(1);
  });

  it("is an error where Postgres hangs, however old the last one is", async () => {
    const services = servicesWith();
    await catalogVersion(services, NOW);
    await platform.broken({ target: "postgres", kind: "hang" }, async () => {
      await expect(catalogVersion(services, NOW + 3_000)).rejects.toMatchObject({ name: "TimeoutError" });
    });
    expect(await catalogVersion(services, NOW + 5_000)).toBeGreaterThan(0);
  });

  it("is an error where Postgres refuses, and known again when it is back", async () => {
    const services = servicesWith();
    await platform.broken({ target: "postgres", kind: "refuse" }, () =>
      expect(catalogVersion(services, NOW)).rejects.toThrow(),
    );
    expect(await catalogVersion(services, NOW + 1)).toBeGreaterThan(0);
  });
});
