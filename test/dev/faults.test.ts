import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ConnectionLost } from "../../dev/platform/faults.ts";
import { redisToken, type Started, startPlatform, uniqueName } from "./started.ts";

let started: Started;

beforeAll(async () => {
  started = await startPlatform();
});

afterEach(() => started.control("DELETE", "/faults"));

afterAll(() => started.stop());

const set = (fault: object) => started.control("POST", "/faults", fault);

/** Resolves when a service has `count` requests under way. */
async function untilInFlight(target: "postgres" | "redis", count: number): Promise<void> {
  while (started.platform.faults.report()[target].inFlight !== count) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function tableOfOneColumn(): Promise<string> {
  const table = uniqueName("faults");
  await started.sql.query(`create table ${table} (id int)`);
  return table;
}

describe("refuse", () => {
  test("breaks the connection before the work is done", async () => {
    const table = await tableOfOneColumn();
    await set({ target: "postgres", kind: "refuse", times: 1 });
    await expect(started.sql.query(`insert into ${table} values (1)`)).rejects.toThrow("Error connecting to database");
    expect(await started.sql.query(`select * from ${table}`)).toEqual([]);
  });

  test("hits the other service only where all are meant", async () => {
    await set({ target: "postgres", kind: "refuse" });
    expect(await started.redis.ping()).toBe("PONG");
    await set({ target: "all", kind: "refuse" });
    await expect(started.redis.ping()).rejects.toThrow();
    await expect(started.sql`select 1`).rejects.toThrow();
  });
});

describe("drop_reply", () => {
  test("breaks the connection after the work is done", async () => {
    const table = await tableOfOneColumn();
    await set({ target: "all", kind: "drop_reply", times: 1 });
    await expect(started.sql.query(`insert into ${table} values (1)`)).rejects.toThrow("Error connecting to database");
    expect(await started.sql.query(`select * from ${table}`)).toEqual([{ id: 1 }]);
    const key = uniqueName("dropped");
    await expect(started.redis.incr(key)).rejects.toThrow();
    expect(await started.redis.get(key)).toBe(1);
  });
});

describe("hang", () => {
  test("never answers, until it is cleared and the connection breaks", async () => {
    await set({ target: "all", kind: "hang" });
    const outcomes = Promise.allSettled([started.sql`select 1`, started.redis.ping()]);
    await untilInFlight("postgres", 1);
    await untilInFlight("redis", 1);
    await started.control("DELETE", "/faults");
    expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await started.sql`select 1 as one`).toEqual([{ one: 1 }]);
  });

  test("holds nothing for a client that has gone", async () => {
    await set({ target: "redis", kind: "hang", times: 1 });
    const gone = new AbortController();
    const headers = { authorization: `Bearer ${redisToken}` };
    const request = { method: "POST", headers, body: '["PING"]', signal: gone.signal };
    const sent = fetch(`${started.served.url}/redis`, request);
    await untilInFlight("redis", 1);
    gone.abort();
    await expect(sent).rejects.toThrow();
    await untilInFlight("redis", 0);
  });
});

describe("delay", () => {
  test("answers after the time, or as soon as it is cleared", async () => {
    await set({ target: "redis", kind: "delay", ms: 1 });
    expect(await started.redis.ping()).toBe("PONG");
    await set({ target: "redis", kind: "delay", ms: 3_600_000 });
    const answer = started.redis.ping();
    await untilInFlight("redis", 1);
    await started.control("DELETE", "/faults");
    expect(await answer).toBe("PONG");
  });
});

describe("answers that are none", () => {
  test("http_500 is a server's error", async () => {
    await set({ target: "all", kind: "http_500" });
    await expect(started.sql`select 1`).rejects.toThrow("HTTP status 500");
    await expect(started.redis.ping()).rejects.toThrow("Internal Server Error");
  });

  test("wrong is a success that no client understands", async () => {
    await set({ target: "all", kind: "wrong" });
    await expect(started.sql`select 1`).rejects.toThrow();
    await expect(started.sql.transaction([started.sql`select 1`])).rejects.toThrow();
    await expect(started.redis.ping()).rejects.toThrow();
  });
});

describe("the control route", () => {
  test("counts down, and reports what it has done", async () => {
    const before = started.platform.faults.report().redis;
    await set({ target: "redis", kind: "http_500", times: 2 });
    for (let i = 0; i < 2; i += 1) await expect(started.redis.ping()).rejects.toThrow();
    expect(await started.redis.ping()).toBe("PONG");
    expect(await started.control("GET", "/faults")).toMatchObject({
      redis: { fault: null, seen: before.seen + 3, applied: before.applied + 2, inFlight: 0 },
    });
  });

  test("says what is set", async () => {
    const fault = { kind: "delay", ms: 5, times: 3 };
    expect(await set({ target: "postgres", ...fault })).toMatchObject({ postgres: { fault }, redis: { fault: null } });
  });

  test("refuses what is no fault", async () => {
    expect(await set({ target: "postgres", kind: "explode" })).toMatchObject({
      error: expect.stringContaining("kind"),
    });
    expect(await started.control("GET", "/faults")).toMatchObject({ postgres: { fault: null } });
  });
});

describe("without a server", () => {
  const request = () => new Request("http://platform.test/sql", { method: "POST", body: '{"query":"select 1"}' });

  test("a broken connection is a rejection that can be told apart", async () => {
    await set({ target: "postgres", kind: "refuse" });
    await expect(started.platform.handle(request())).rejects.toBeInstanceOf(ConnectionLost);
  });

  test("the services are where they are with one", async () => {
    const response = await started.platform.handle(request());
    expect(await response.json()).toMatchObject({ rowCount: 1 });
    expect((await started.platform.handle(new Request("http://platform.test/health"))).status).toBe(200);
    expect((await started.platform.handle(new Request("http://platform.test/elsewhere"))).status).toBe(404);
  });
});

test("a web page is not answered", async () => {
  const headers = { origin: "https://elsewhere.example" };
  const response = await fetch(`${started.served.url}/sql`, { method: "POST", headers, body: '{"query":"select 1"}' });
  expect(response.status).toBe(403);
});

test("a client that leaves in the middle of its request harms nothing", async () => {
  const socket = connect(started.served.port, "127.0.0.1");
  await once(socket, "connect");
  socket.write("POST /sql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{");
  socket.destroy();
  await once(socket, "close");
  expect(await started.sql`select 1 as one`).toEqual([{ one: 1 }]);
});
