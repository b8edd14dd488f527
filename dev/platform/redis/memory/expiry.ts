import { type Bytes, Failure, type Reply } from "../engine.ts";
import { type CommandTable, command } from "./command.ts";
import type { Entry, Keyspace } from "./keyspace.ts";
import { integerOf } from "./numbers.ts";

export type ExpiryOption = "EX" | "PX" | "EXAT" | "PXAT";

/** Past this many milliseconds Redis calls a time invalid; far short of it here, where a number is exact to 2^53. */
const LATEST = Number.MAX_SAFE_INTEGER;

export function isExpiryOption(text: Bytes): text is ExpiryOption {
  return text === "EX" || text === "PX" || text === "EXAT" || text === "PXAT";
}

/** When a key set with that option ends, in milliseconds since 1970; throws where the time is none. */
export function expiryOf(keys: Keyspace, option: ExpiryOption, amount: Bytes, name: string): number {
  const at = timeOf(keys, option, integerOf(amount));
  if (integerOf(amount) <= 0 || at > LATEST) throw invalidTime(name);
  return at;
}

/** Commands on how long keys live. */
export const expiry: CommandTable = {
  EXPIRE: expireCommand("EX", "expire"),
  PEXPIRE: expireCommand("PX", "pexpire"),
  EXPIREAT: expireCommand("EXAT", "expireat"),
  PEXPIREAT: expireCommand("PXAT", "pexpireat"),
  TTL: command(2, (keys, [key = ""]) => remaining(keys.find(key), (at) => Math.round((at - keys.now) / 1000))),
  PTTL: command(2, (keys, [key = ""]) => remaining(keys.find(key), (at) => at - keys.now)),
  EXPIRETIME: command(2, (keys, [key = ""]) => remaining(keys.find(key), (at) => Math.floor((at + 500) / 1000))),
  PEXPIRETIME: command(2, (keys, [key = ""]) => remaining(keys.find(key), (at) => at)),
  PERSIST: command(2, (keys, [key = ""]) => {
    const entry = keys.find(key);
    if (entry === undefined || entry.expiresAt === null) return 0;
    entry.expiresAt = null;
    return 1;
  }),
};

function remaining(entry: Entry | undefined, say: (expiresAt: number) => number): Reply {
  if (entry === undefined) return -2;
  return entry.expiresAt === null ? -1 : say(entry.expiresAt);
}

function expireCommand(option: ExpiryOption, name: string): CommandTable[string] {
  return command(-3, (keys, [key = "", amount, ...flags]) => {
    const at = timeOf(keys, option, integerOf(amount));
    const allows = conditionOf(flags);
    if (Math.abs(at) > LATEST) throw invalidTime(name);
    const entry = keys.find(key);
    if (entry === undefined || !allows(entry.expiresAt, at)) return 0;
    if (at <= keys.now) keys.delete(key);
    else entry.expiresAt = at;
    return 1;
  });
}

/** Whether the flags let a key that ends at `old` (or never) end at `at`. */
function conditionOf(flags: readonly Bytes[]): (old: number | null, at: number) => boolean {
  const given = new Set(flags.map((flag) => flag.toUpperCase()));
  for (const [index, flag] of [...given].entries()) {
    if (!["NX", "XX", "GT", "LT"].includes(flag)) throw new Failure(`ERR Unsupported option ${flags[index]}`);
  }
  if (given.has("NX") && given.size > 1) {
    throw new Failure("ERR NX and XX, GT or LT options at the same time are not compatible");
  }
  if (given.has("GT") && given.has("LT")) {
    throw new Failure("ERR GT and LT options at the same time are not compatible");
  }
  return (old, at) =>
    !(given.has("NX") && old !== null) &&
    !(given.has("XX") && old === null) &&
    !(given.has("GT") && at <= (old ?? Infinity)) &&
    !(given.has("LT") && at >= (old ?? Infinity));
}

function timeOf(keys: Keyspace, option: ExpiryOption, amount: number): number {
  switch (option) {
    case "EX":
      return keys.now + amount * 1000;
    case "PX":
      return keys.now + amount;
    case "EXAT":
      return amount * 1000;
    case "PXAT":
      return amount;
  }
}

function invalidTime(name: string): Failure {
  return new Failure(`ERR invalid expire time in '${name}' command`);
}
