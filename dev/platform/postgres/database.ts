import type pg from "pg";

/** Something that runs SQL and returns rows with JavaScript values. */
export interface Queryable {
  /** Runs one statement and resolves with its rows; the caller says what a row looks like. */
  query<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>;
  /** Runs any number of statements, as one implicit transaction. */
  exec(sql: string): Promise<void>;
}

/** Direct access to the database behind the protocol, for migrations, seeds and the checks of tests. */
export interface Database extends Queryable {
  /**
   * Runs `work` in one transaction, which is rolled back where `work` rejects;
   * only what goes through its argument belongs to it, and with the embedded engine all else waits for its end.
   */
  transaction<Result>(work: (transaction: Queryable) => Promise<Result>): Promise<Result>;
  /** For drizzle and its migrator. With the embedded engine it has one connection: take it, give it back. */
  readonly pool: pg.Pool;
}

/** The database behind `pool`. */
export function databaseOf(pool: pg.Pool): Database {
  return {
    pool,
    query: (sql, params) => withClient(pool, (client) => queryableOf(client).query(sql, params)),
    exec: (sql) => withClient(pool, (client) => queryableOf(client).exec(sql)),
    transaction: (work) => inTransaction(pool, "BEGIN", (client) => work(queryableOf(client))),
  };
}

/** Runs `work` on a connection of its own, between `begin` and COMMIT; anything that fails rolls it back and is thrown. */
export function inTransaction<Result>(
  pool: pg.Pool,
  begin: string,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  return withClient(pool, async (client) => {
    await client.query(begin);
    const result = await work(client);
    await client.query("COMMIT");
    return result;
  });
}

/** Lends `work` a connection and takes it back outside any transaction, whatever `work` left behind. */
export async function withClient<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  // Between checkout and release nobody else listens: a connection that breaks here is reported by the query it was running.
  const ignore = (): void => {};
  client.on("error", ignore);
  try {
    return await work(client);
  } finally {
    const broken = await leaveTransaction(client);
    client.off("error", ignore);
    client.release(broken);
  }
}

async function leaveTransaction(client: pg.PoolClient): Promise<boolean> {
  if (client.getTransactionStatus() === "I") return false;
  return client.query("ROLLBACK").then(
    () => false,
    () => true,
  );
}

function queryableOf(client: pg.PoolClient): Queryable {
  return {
    query: async <Row>(sql: string, params: readonly unknown[] = []) => {
      const { rows } = await client.query({ text: sql, values: [...params] });
      // What a row looks like is the caller's knowledge, as with any SQL client.
      return rows as Row[];
    },
    exec: async (sql) => {
      await client.query(sql);
    },
  };
}
