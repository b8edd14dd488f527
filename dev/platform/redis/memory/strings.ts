import { type Bytes, Failure, OK, type Reply } from "../engine.ts";
import { type CommandTable, command, syntaxError, wrongArity } from "./command.ts";
import { expiryOf, isExpiryOption } from "./expiry.ts";
import type { Keyspace } from "./keyspace.ts";
import { bigIntegerOf, floatOf, printed, sumOf } from "./numbers.ts";

/** Commands on strings and counters. */
export const strings: CommandTable = {
  GET: command(2, (keys, [key = ""]) => read(keys, key)),
  SET: command(-3, set),
  SETNX: command(3, (keys, [key = "", text = ""]) => {
    if (keys.find(key) !== undefined) return 0;
    write(keys, key, text);
    return 1;
  }),
  SETEX: command(4, (keys, [key = "", seconds = "", text = ""]) =>
    writeUntil(keys, key, text, expiryOf(keys, "EX", seconds, "setex")),
  ),
  PSETEX: command(4, (keys, [key = "", ms = "", text = ""]) =>
    writeUntil(keys, key, text, expiryOf(keys, "PX", ms, "psetex")),
  ),
  GETSET: command(3, (keys, [key = "", text = ""]) => {
    const old = read(keys, key);
    write(keys, key, text);
    return old;
  }),
  GETDEL: command(2, (keys, [key = ""]) => {
    const old = read(keys, key);
    keys.delete(key);
    return old;
  }),
  STRLEN: command(2, (keys, [key = ""]) => read(keys, key)?.length ?? 0),
  APPEND: command(3, (keys, [key = "", more = ""]) => {
    const value = keys.ensure(key, "string", () => ({ type: "string", text: "" }));
    value.text += more;
    return value.text.length;
  }),
  MGET: command(-2, (keys, names) =>
    names.map((key) => {
      const value = keys.find(key)?.value;
      return value?.type === "string" ? value.text : null;
    }),
  ),
  MSET: command(-3, (keys, args) => {
    if (args.length % 2 !== 0) throw wrongArity("mset");
    for (let at = 0; at < args.length; at += 2) write(keys, args[at] ?? "", args[at + 1] ?? "");
    return OK;
  }),
  INCR: command(2, (keys, [key = ""]) => increment(keys, key, 1n)),
  DECR: command(2, (keys, [key = ""]) => increment(keys, key, -1n)),
  INCRBY: command(3, (keys, [key = "", by]) => increment(keys, key, bigIntegerOf(by))),
  DECRBY: command(3, (keys, [key = "", by]) => increment(keys, key, -bigIntegerOf(by))),
  INCRBYFLOAT: command(3, (keys, [key = "", by]) => {
    const sum = floatOf(read(keys, key) ?? "0") + floatOf(by);
    if (!Number.isFinite(sum)) throw new Failure("ERR increment would produce NaN or Infinity");
    const text = printed(sum);
    keys.ensure(key, "string", () => ({ type: "string", text })).text = text;
    return text;
  }),
};

function read(keys: Keyspace, key: Bytes): Bytes | null {
  return keys.get(key, "string")?.text ?? null;
}

function write(keys: Keyspace, key: Bytes, text: Bytes): void {
  keys.put(key, { type: "string", text }, null);
}

function writeUntil(keys: Keyspace, key: Bytes, text: Bytes, expiresAt: number): Reply {
  keys.put(key, { type: "string", text }, expiresAt);
  return OK;
}

function increment(keys: Keyspace, key: Bytes, by: bigint): number {
  const sum = sumOf(bigIntegerOf(read(keys, key) ?? "0"), by);
  keys.ensure(key, "string", () => ({ type: "string", text: "0" })).text = String(sum);
  return Number(sum);
}

function set(keys: Keyspace, [key = "", text = "", ...options]: readonly Bytes[]): Reply {
  let condition: "NX" | "XX" | undefined;
  let lifetime: { kind: "keep" } | { kind: "until"; at: number } | undefined;
  let returnsOld = false;
  for (let at = 0; at < options.length; at += 1) {
    const option = (options[at] ?? "").toUpperCase();
    if ((option === "NX" || option === "XX") && (condition ?? option) === option) condition = option;
    else if (option === "GET") returnsOld = true;
    else if (option === "KEEPTTL" && lifetime?.kind !== "until") lifetime = { kind: "keep" };
    else if (isExpiryOption(option) && lifetime === undefined && at + 1 < options.length) {
      at += 1;
      lifetime = { kind: "until", at: expiryOf(keys, option, options[at] ?? "", "set") };
    } else throw syntaxError();
  }
  const old = returnsOld ? read(keys, key) : null;
  const entry = keys.find(key);
  const allowed = condition === undefined || (condition === "NX") === (entry === undefined);
  if (allowed) {
    const expiresAt = lifetime?.kind === "until" ? lifetime.at : lifetime?.kind === "keep" ? entry?.expiresAt : null;
    keys.put(key, { type: "string", text }, expiresAt ?? null);
  }
  if (returnsOld) return old;
  return allowed ? OK : null;
}
