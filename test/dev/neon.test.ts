import { NeonDbError } from "@neondatabase/serverless";
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
