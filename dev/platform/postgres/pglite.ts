import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { Duplex } from "node:stream";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import type { Engine } from "./engine.ts";

/** Opens the embedded Postgres, in `dataDir` or, without one, in memory; it is ready when the promise resolves. */
export async function openPglite(dataDir?: string): Promise<Engine> {
  if (dataDir !== undefined) await mkdir(dirname(dataDir), { recursive: true });
  const database = await PGlite.create(dataDir === undefined ? {} : { dataDir });
  const pool = new pg.Pool({
    user: "postgres",
    database: "postgres",
    // The engine is one session: the pool's queue is what puts concurrent requests and transactions one after the other.
    max: 1,
    idleTimeoutMillis: 0,
    stream: () => new InProcessSocket(database),
  });
  return {
    pool,
    close: async () => {
      await pool.end();
      await database.close();
    },
  };
}

const TERMINATE = 0x58;

/**
 * What `pg` takes for a socket: what it writes goes to PGlite as wire protocol, and what PGlite answers comes back.
 * So both engines are spoken to through the same client, with the same tags, fields and errors.
 */
class InProcessSocket extends Duplex {
  readonly #database: PGlite;

  constructor(database: PGlite) {
    super();
    this.#database = database;
  }

  connect(): this {
    queueMicrotask(() => this.emit("connect"));
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(message: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    // A terminated session would end the engine; the next connection goes on with the same one.
    if (message[0] === TERMINATE && message.length === 5) {
      done();
      return;
    }
    this.#database.execProtocolRaw(message).then((answer) => {
      this.push(Buffer.from(answer));
      done();
    }, done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), "binary", done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.push(null);
    done();
  }
}
