import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { Duplex } from "node:stream";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { claim } from "../claim.ts";
import type { Engine } from "./engine.ts";

/** Opens the embedded Postgres, in `dataDir` (made where it is missing) or, without one, in memory. */
export async function openPglite(dataDir?: string): Promise<Engine> {
  if (dataDir === undefined) return engineOn(await PGlite.create());
  await mkdir(dirname(dataDir), { recursive: true });
  const release = await claim(dataDir);
  try {
    if (!existsSync(dataDir)) await initialize(dataDir);
    const engine = engineOn(await PGlite.create({ dataDir }).catch((cause) => doesNotOpen(dataDir, cause)));
    return {
      pool: engine.pool,
      close: async () => {
        await engine.close();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Makes the folder's first content beside it, so that whoever stops this halfway leaves nothing that will not start. */
async function initialize(dataDir: string): Promise<void> {
  const unfinished = `${dataDir}.new`;
  await rm(unfinished, { recursive: true, force: true });
  const database = await PGlite.create({ dataDir: unfinished });
  await database.close();
  await rename(unfinished, dataDir);
}

/** What the engine says of spoilt files tells nobody what to do. */
function doesNotOpen(dataDir: string, cause: unknown): never {
  throw new Error(
    `The embedded Postgres does not open ${dataDir} (${cause instanceof Error ? cause.message : cause}): its files are damaged, or of another version. ` +
      "`npm run dev -- --fresh` starts over; elsewhere remove the folder that it is in, or put back a copy.",
    { cause },
  );
}

function engineOn(database: PGlite): Engine {
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
