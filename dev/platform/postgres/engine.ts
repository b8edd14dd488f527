import pg from "pg";

/** A Postgres to send statements to, whichever it is. */
export interface Engine {
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/** Opens a pool on a real Postgres; rejects, without the password, where it does not answer. */
export async function openPostgres(url: string): Promise<Engine> {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  // A connection that breaks while idle must not end the process; the next request opens another.
  pool.on("error", () => {});
  try {
    await pool.query("select 1");
  } catch (cause) {
    await pool.end();
    const { host } = new URL(url);
    throw new Error(`Postgres at ${host} does not answer: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
  return { pool, close: () => pool.end() };
}
