import { NeonDbError } from "@neondatabase/serverless";
import { sql as fragment } from "drizzle-orm";
import { drizzle } from "drizzle-orm/neon-http";
import { integer, pgTable, timestamp, uniqueIndex } from "drizzle-orm/pg-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Started, startPlatform, uniqueName } from "./started.ts";

let started: Started;

beforeAll(async () => {
  started = await startPlatform();
});

afterAll(() => started.stop());

async function newTable(columns: string): Promise<string> {
  const table = uniqueName("neon");
  await started.sql.query(`create table ${table} (${columns})`);
  return table;
}

describe("a single statement", () => {
  test("returns rows with the values of their types", async () => {
    const rows = await started.sql`select
      ${7}::int as int, 9007199254740993::bigint as bigint, 1.50::numeric as numeric, ${true}::bool as bool,
      '2026-01-02T03:04:05.678Z'::timestamptz as at, ${{ a: [1, "ü"] }}::jsonb as json,
      ${["a", 'b"c', null]}::text[] as texts, ${[1, 2]}::int[] as ints, null::text as nothing, ${"naïve 🦉"}::text as text,
      1.5::float8 as float, '\\x00ff'::bytea as bytes`;
    expect(rows).toEqual([
      {
        int: 7,
        bigint: "9007199254740993",
        numeric: "1.50",
        bool: true,
        at: new Date("2026-01-02T03:04:05.678Z"),
        json: { a: [1, "ü"] },
        texts: ["a", 'b"c', null],
        ints: [1, 2],
        nothing: null,
        text: "naïve 🦉",
        float: 1.5,
        bytes: Buffer.from([0, 255]),
      },
    ]);
  });

  test("says what it did, to how many rows, and describes the columns", async () => {
    const table = await newTable("id int primary key, name varchar(20)");
    const created = await started.sql.query(`create temporary table ${uniqueName("t")} ()`, [], { fullResults: true });
    expect(created).toMatchObject({ command: "CREATE", rowCount: null, rows: [] });
    const insert = `insert into ${table} values (1, 'a'), (2, 'b'), (3, 'c')`;
    expect(await started.sql.query(insert, [], { fullResults: true })).toMatchObject({
      command: "INSERT",
      rowCount: 3,
    });
    const update = `update ${table} set name = $1 where id > $2 returning *`;
    expect(await started.sql.query(update, ["z", 1], { fullResults: true })).toMatchObject({
      command: "UPDATE",
      rowCount: 2,
      fields: [
        { name: "id", dataTypeID: 23, dataTypeSize: 4, columnID: 1 },
        { name: "name", dataTypeID: 1043, dataTypeModifier: 24, columnID: 2 },
      ],
      rows: [
        { id: 2, name: "z" },
        { id: 3, name: "z" },
      ],
    });
    const select = `select * from ${table} where id = 9`;
    expect(await started.sql.query(select, [], { fullResults: true })).toMatchObject({
      command: "SELECT",
      rowCount: 0,
    });
  });
  test("returns rows as arrays where asked to, so that columns of one name stay apart", async () => {
    expect(await started.sql.query("select 1 as a, 2 as a", [], { arrayMode: true })).toEqual([[1, 2]]);
  });

  test("tells which constraint it broke", async () => {
    const table = await newTable(`id int primary key, email text constraint one_${uniqueName("e")} unique`);
    await started.sql.query(`insert into ${table} values (1, 'a@b')`);
    const error: unknown = await started.sql.query(`insert into ${table} values (2, $1)`, ["a@b"]).catch((e) => e);
    expect(error).toBeInstanceOf(NeonDbError);
    expect(error).toMatchObject({
      code: "23505",
      severity: "ERROR",
      table,
      schema: "public",
      detail: "Key (email)=(a@b) already exists.",
      constraint: expect.stringMatching(/^one_e_/),
    });
  });

  test("tells where its syntax is wrong", async () => {
    await expect(started.sql.query("selec 1")).rejects.toMatchObject({ code: "42601", position: "1" });
  });

  test("is one statement", async () => {
    await expect(started.sql.query("select 1; select 2")).rejects.toMatchObject({ code: "42601" });
  });

  test("leaves no transaction open", async () => {
    const table = await newTable("id int");
    await started.sql.query("begin");
    await started.sql.query(`insert into ${table} values (1)`);
    await started.sql.query("rollback");
    expect(await started.sql.query(`select * from ${table}`)).toEqual([{ id: 1 }]);
  });
});

describe("a batch", () => {
  test("is one transaction: it happens whole or not at all", async () => {
    const table = await newTable("id int primary key");
    const insert = (id: number) => started.sql.query(`insert into ${table} values ($1) returning id`, [id]);
    expect(await started.sql.transaction([insert(1), insert(2)])).toEqual([[{ id: 1 }], [{ id: 2 }]]);
    await expect(started.sql.transaction([insert(3), insert(1)])).rejects.toMatchObject({ code: "23505" });
    expect(await started.sql.query(`select id from ${table} order by id`)).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test("says when its commit failed", async () => {
    const table = await newTable("id int unique deferrable initially deferred");
    const insert = () => started.sql.query(`insert into ${table} values (1)`);
    await expect(started.sql.transaction([insert(), insert()])).rejects.toMatchObject({ code: "23505" });
    expect(await started.sql.query(`select * from ${table}`)).toEqual([]);
  });

  test.each([
    ["ReadCommitted", "read committed"],
    ["RepeatableRead", "repeatable read"],
    ["Serializable", "serializable"],
  ] as const)("runs at the isolation level that it asks for: %s", async (isolationLevel, shown) => {
    const show = started.sql`show transaction_isolation`;
    expect(await started.sql.transaction([show], { isolationLevel })).toEqual([[{ transaction_isolation: shown }]]);
  });

  test("can be read-only and deferrable", async () => {
    const table = await newTable("id int");
    const options = { isolationLevel: "Serializable", readOnly: true, deferrable: true } as const;
    const show = started.sql`select current_setting('transaction_read_only') as ro, current_setting('transaction_deferrable') as df`;
    expect(await started.sql.transaction([show], options)).toEqual([[{ ro: "on", df: "on" }]]);
    const insert = started.sql.query(`insert into ${table} values (1)`);
    await expect(started.sql.transaction([insert], options)).rejects.toMatchObject({ code: "25006" });
  });

  test("does not mix with others that run at once, nor do their errors", async () => {
    const table = await newTable("id int primary key, n int");
    await started.sql.query(`insert into ${table} values (1, 0)`);
    const add = () => started.sql.query(`update ${table} set n = n + 1 where id = 1`);
    const fail = () => started.sql.query("select 1 / 0");
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        started.sql.transaction([add(), add(), ...(index % 4 === 0 ? [fail()] : [])]),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "rejected")).toHaveLength(5);
    expect(await started.sql.query(`select n from ${table}`)).toEqual([{ n: 30 }]);
  });

  test("outlives a client that goes away, and so does the database", async () => {
    const table = await newTable("id int");
    const gone = new AbortController();
    const insert = started.sql.query(`insert into ${table} values (1)`);
    const sent = started.sql.transaction([insert, started.sql`select pg_sleep(0.05)`], {
      fetchOptions: { signal: gone.signal },
    });
    gone.abort();
    await expect(sent).rejects.toThrow();
    expect(await started.sql`select 1 as one`).toEqual([{ one: 1 }]);
  });
});

describe("drizzle", () => {
  test("reads and writes typed rows, in batches too", async () => {
    const name = uniqueName("drizzle");
    const things = pgTable(
      name,
      { id: integer().primaryKey(), at: timestamp({ withTimezone: true }).notNull() },
      (table) => [uniqueIndex().on(table.at)],
    );
    await started.sql.query(`create table ${name} (id int primary key, at timestamptz not null unique)`);
    const db = drizzle({ client: started.sql });
    const at = new Date("2026-01-02T03:04:05.678Z");
    const [inserted, counted] = await db.batch([
      db.insert(things).values({ id: 1, at }).returning(),
      db.select({ count: fragment<number>`count(*)::int` }).from(things),
    ]);
    expect([inserted, counted]).toEqual([[{ id: 1, at }], [{ count: 1 }]]);
    const again = db.batch([db.insert(things).values({ id: 2, at })]);
    await expect(again).rejects.toMatchObject({ code: "23505", constraint: `${name}_at_key` });
    await expect(db.insert(things).values({ id: 2, at })).rejects.toMatchObject({ cause: { code: "23505" } });
    expect(await db.select().from(things)).toEqual([{ id: 1, at }]);
  });
});

describe("the protocol", () => {
  async function post(body: string, headers: Record<string, string> = {}): Promise<[number, unknown]> {
    const response = await fetch(`${started.served.url}/sql`, { method: "POST", headers, body });
    return [response.status, await response.json()];
  }

  test("gives objects with JSON's own types where neither text nor arrays are asked for", async () => {
    const query =
      "select 1 as one, true as yes, 1.5::float8 as half, 2::bigint as two, '{\"a\":1}'::jsonb as json, null as none";
    expect(await post(JSON.stringify({ query, params: [] }))).toMatchObject([
      200,
      { rowAsArray: false, rows: [{ one: 1, yes: true, half: 1.5, two: "2", json: { a: 1 }, none: null }] },
    ]);
  });

  test("takes parameters that are JSON values", async () => {
    const query = "select $1::int[] as ints, $2::jsonb as json, $3::text[] as texts, $4::bool as bool, $5::int as int";
    const params = [[1, null, 3], { a: ["b"] }, ['q"\\', "ü"], true, 5];
    expect(await post(JSON.stringify({ query, params }), { "Neon-Raw-Text-Output": "true" })).toMatchObject([
      200,
      { rows: [{ ints: "{1,NULL,3}", json: '{"a": ["b"]}', texts: String.raw`{"q\"\\",ü}`, bool: "t", int: "5" }] },
    ]);
  });

  test("refuses what is none of its requests", async () => {
    expect(await post("{")).toEqual([400, { message: "the body is not JSON" }]);
    expect(await post("{}")).toEqual([400, { message: "missing field `query`" }]);
    const batch = JSON.stringify({ queries: [{ query: "select 1" }] });
    expect(await post(batch, { "Neon-Batch-Isolation-Level": "Chaos" })).toEqual([
      400,
      { message: "invalid isolation level" },
    ]);
  });

  test("answers with 507 to more than 10 MB, and does not commit it", async () => {
    const table = await newTable("id int");
    const insert = started.sql.query(`insert into ${table} values (1)`);
    const large = started.sql`select repeat('x', 11000000)`;
    await expect(started.sql.transaction([insert, large])).rejects.toThrow(/HTTP status 507.*response is too large/);
    expect(await started.sql.query(`select * from ${table}`)).toEqual([]);
  });

  test("counts requests and statements", async () => {
    await started.control("DELETE", "/stats");
    await started.sql.transaction([started.sql`select 1`, started.sql`select 2`]);
    expect(await started.control("GET", "/stats")).toEqual({
      postgres: { requests: 1, statements: 2 },
      redis: { requests: 0, commands: 0 },
    });
  });
});
