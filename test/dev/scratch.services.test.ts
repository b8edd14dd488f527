import { Redis } from "ioredis";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { connectServices } from "../../dev/local/services.ts";

const { LOCAL_DATABASE_URL: databaseUrl = "", LOCAL_REDIS_URL: redisUrl = "" } = process.env;

test("databases for tests are apart from each other, and none is left behind", async () => {
  const services = await connectServices(databaseUrl, redisUrl);
  const [one, other] = [await services.scratch(), await services.scratch()];
  expect(one.databaseUrl).not.toBe(other.databaseUrl);
  expect(one.redisUrl).not.toBe(other.redisUrl);
  const redis = new Redis(one.redisUrl);
  onTestFinished(() => redis.disconnect());
  await redis.set("key", "value");

  await services.close();
  expect(await redis.dbsize()).toBe(0);
  for (const { databaseUrl: url } of [one, other]) {
    await expect(new pg.Client(url).connect()).rejects.toThrow("does not exist");
  }
});
