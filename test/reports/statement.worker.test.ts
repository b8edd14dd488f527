import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { readParts } from "../../src/reports/kit/statement.ts";
import { servicesWith } from "../worker/apps.ts";

const { db } = servicesWith();

it("of a report of which one table is wanted, no other is read", async () => {
  const head = sql`SELECT '1' AS version, NULL AS as_of, NULL AS from_day, NULL AS to_day`;
  const parts = { pages: sql`SELECT 1 AS n`, others: sql`SELECT 1 / (random() * 0)::integer AS n` };
  const read = await readParts(db, { head }, parts, ["pages"]);
  expect(read?.rows).toEqual({ pages: [{ n: 1 }], others: [] });
  await expect(readParts(db, { head }, parts)).rejects.toThrow();
});
