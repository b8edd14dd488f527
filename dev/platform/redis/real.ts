import { Redis } from "ioredis";
import { type Bytes, bytesOf, Failure, type RedisEngine, type Reply } from "./engine.ts";
import { shaOf, withoutShebang } from "./scripts.ts";

/** Opens a connection to a real Redis; rejects where it does not answer. */
export async function openRedis(url: string): Promise<RedisEngine> {
  const redis = new Redis(url, {
    protocol: 2,
    lazyConnect: true,
    maxRetriesPerRequest: 1,
    // What was sent and not answered may have been done.
    autoResendUnfulfilledCommands: false,
  });
  // Each command reports its own failure; the connection mends itself.
  redis.on("error", () => {});
  try {
    await redis.connect();
  } catch (cause) {
    redis.disconnect();
    throw new Error(`Redis at ${new URL(url).host} does not answer`, { cause });
  }
  const shas = new Map<string, string>();
  return {
    run: async (command) => {
      try {
        const { name, args, restore } = translated(command, shas);
        return restore(replyOf(await redis.callBuffer(name, args.map(bufferOf))));
      } catch (error) {
        return failureOf(error);
      }
    },
    runAtomically: async (commands) => {
      try {
        const transaction = redis.multi();
        const translations = commands.map((command) => translated(command, shas));
        for (const { name, args } of translations) transaction.callBuffer(name, args.map(bufferOf));
        const results = (await transaction.exec()) ?? [];
        return results.map(([error, value], index) => {
          const restore = translations[index]?.restore ?? same;
          return error === null ? restore(replyOf(value)) : failureOf(error);
        });
      } catch (error) {
        return failureOf(error);
      }
    },
    close: async () => {
      await redis.quit();
    },
  };
}

interface Translation {
  readonly name: string;
  readonly args: readonly Bytes[];
  /** Turns what Redis answers back into what Upstash would. */
  readonly restore: (reply: Reply) => Reply;
}

const same = (reply: Reply): Reply => reply;

/** Commands that change or hold the connection, which all requests share and Upstash has none of. */
const NOT_OVER_REST: ReadonlySet<string> = new Set(
  "AUTH BLMOVE BLMPOP BLPOP BRPOP BRPOPLPUSH BZMPOP BZPOPMAX BZPOPMIN CLIENT DEBUG DISCARD EXEC HELLO MONITOR MULTI PSUBSCRIBE QUIT RESET SELECT SHUTDOWN SSUBSCRIBE SUBSCRIBE SYNC PSYNC UNWATCH WAIT WATCH".split(
    " ",
  ),
);

/** The command as Redis takes it: scripts without Upstash's first line, and their hashes exchanged both ways through `shas`. */
function translated([name = "", ...args]: readonly Bytes[], shas: Map<string, string>): Translation {
  const verb = name.toUpperCase();
  if (NOT_OVER_REST.has(verb)) throw new Failure(`ERR Command is not available: '${verb}'`);
  const [first = "", second = "", ...others] = args;
  if (verb === "EVAL" || verb === "EVAL_RO") {
    return { name, args: [remember(first, shas), ...args.slice(1)], restore: same };
  }
  if (verb === "EVALSHA" || verb === "EVALSHA_RO") {
    return { name, args: [shas.get(first.toLowerCase()) ?? first, ...args.slice(1)], restore: same };
  }
  if (verb === "SCRIPT" && first.toUpperCase() === "LOAD" && others.length === 0) {
    return { name, args: [first, remember(second, shas)], restore: () => shaOf(second) };
  }
  if (verb === "SCRIPT" && first.toUpperCase() === "EXISTS") {
    return { name, args: [first, ...args.slice(1).map((sha) => shas.get(sha.toLowerCase()) ?? sha)], restore: same };
  }
  return { name, args, restore: same };
}

function remember(script: Bytes, shas: Map<string, string>): Bytes {
  const stripped = withoutShebang(script);
  if (stripped !== script) shas.set(shaOf(script), shaOf(stripped));
  return stripped;
}

function bufferOf(bytes: Bytes): Buffer {
  return Buffer.from(bytes, "latin1");
}

function replyOf(value: unknown): Reply {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return value;
  if (Buffer.isBuffer(value)) return value.toString("latin1");
  if (Array.isArray(value)) return value.map(replyOf);
  if (value instanceof Error) return failureOf(value);
  return String(value);
}

/** What Redis answered; throws anything else, such as a lost connection, on. */
function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error;
  if (error instanceof Error && error.name === "ReplyError") return new Failure(bytesOf(error.message));
  throw error;
}
