import { type Bytes, Failure, OK, type Reply, Status } from "../engine.ts";
import { type CommandTable, command, syntaxError, wrongArity } from "./command.ts";
import type { Keyspace } from "./keyspace.ts";
import { integerOf } from "./numbers.ts";
import { patternOf } from "./pattern.ts";

/** Commands on keys of any type, and on the server. */
export const keys: CommandTable = {
  DEL: command(-2, (keyspace, names) => names.filter((key) => keyspace.delete(key)).length),
  UNLINK: command(-2, (keyspace, names) => names.filter((key) => keyspace.delete(key)).length),
  EXISTS: command(-2, (keyspace, names) => names.filter((key) => keyspace.find(key) !== undefined).length),
  TYPE: command(2, (keyspace, [key = ""]) => new Status(keyspace.find(key)?.value.type ?? "none")),
  KEYS: command(2, (keyspace, [glob = ""]) => {
    const pattern = patternOf(glob);
    return [...keyspace.all()].map(([key]) => key).filter((key) => pattern.test(key));
  }),
  SCAN: command(-2, scan),
  DBSIZE: command(1, (keyspace) => [...keyspace.all()].length),
  FLUSHDB: command(-1, flush),
  FLUSHALL: command(-1, flush),
  PING: command(-1, (_keyspace, [text, ...extra]) => {
    if (extra.length > 0) throw wrongArity("ping");
    return text ?? new Status("PONG");
  }),
  ECHO: command(2, (_keyspace, [text = ""]) => text),
  TIME: command(1, (keyspace) => [String(Math.floor(keyspace.now / 1000)), String((keyspace.now % 1000) * 1000)]),
};

function flush(keyspace: Keyspace, options: readonly Bytes[]): Reply {
  if (options.length > 1 || !/^(a?sync)?$/i.test(options[0] ?? "")) throw syntaxError();
  keyspace.clear();
  return OK;
}

/**
 * The cursor is the number of the last key seen, and keys are numbered as they are made: so a scan returns every key
 * that is there from its start to its end, also where keys are deleted on the way.
 */
function scan(keyspace: Keyspace, [cursor = "", ...options]: readonly Bytes[]): Reply {
  const after = integerOf(cursor, "ERR invalid cursor");
  let count = 10;
  let pattern: RegExp | undefined;
  let type: string | undefined;
  for (let at = 0; at < options.length; at += 2) {
    const value = options[at + 1];
    if (value === undefined) throw syntaxError();
    switch ((options[at] ?? "").toUpperCase()) {
      case "COUNT":
        count = integerOf(value);
        if (count < 1) throw syntaxError();
        break;
      case "MATCH":
        pattern = patternOf(value);
        break;
      case "TYPE":
        type = value.toLowerCase();
        break;
      default:
        throw syntaxError();
    }
  }
  if (after < 0) throw new Failure("ERR invalid cursor");
  const rest = [...keyspace.all()].filter(([, { id }]) => id > after);
  const seen = rest.slice(0, count);
  const next = rest.length > count ? (seen.at(-1)?.[1].id ?? 0) : 0;
  const found = seen.filter(([key, { value }]) => (pattern?.test(key) ?? true) && (type ?? value.type) === value.type);
  return [String(next), found.map(([key]) => key)];
}
