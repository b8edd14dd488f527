import { type Bytes, Failure, OK, type RedisEngine, type Reply } from "../engine.ts";
import { allows, type CommandTable, command, syntaxError, wrongArity } from "./command.ts";
import { expiry } from "./expiry.ts";
import { hashes } from "./hashes.ts";
import { keys } from "./keys.ts";
import { Keyspace } from "./keyspace.ts";
import { lists } from "./lists.ts";
import { createScripts, type Scripts } from "./lua.ts";
import { integerOf } from "./numbers.ts";
import { sets } from "./sets.ts";
import { sortedSets } from "./sorted-sets.ts";
import { strings } from "./strings.ts";

const DATA: CommandTable = { ...strings, ...hashes, ...sets, ...lists, ...sortedSets, ...keys, ...expiry };

/** A Redis in this process, empty, with scripts; `now` is its clock, in milliseconds since 1970. */
export function openMemoryRedis(now: () => number = Date.now): RedisEngine {
  const keyspace = new Keyspace();
  const scripts = createScripts((parts) => executeFromScript(keyspace, parts));
  const table: CommandTable = { ...DATA, ...scripting(scripts) };
  const execute = (parts: readonly Bytes[]): Reply => {
    keyspace.now = now();
    return answered(() => find(table, parts).run(keyspace, parts.slice(1)));
  };
  return {
    run: async (parts) => execute(parts),
    runAtomically: async (commands) => {
      if (commands.some((parts) => refuses(table, parts))) {
        return new Failure("EXECABORT Transaction discarded because of previous errors.");
      }
      return commands.map(execute);
    },
    close: async () => {},
  };
}

function find(table: CommandTable, parts: readonly Bytes[]): CommandTable[string] {
  const [name = "", ...args] = parts;
  const found = lookUp(table, name);
  if (found === undefined) {
    throw new Failure(`ERR unknown command '${name.slice(0, QUOTED)}', with args beginning with: ${beginningOf(args)}`);
  }
  if (!allows(found.arity, parts.length)) throw wrongArity(name);
  return found;
}

/** How much of a command Redis repeats in an error. */
const QUOTED = 128;

function beginningOf(args: readonly Bytes[]): string {
  let quoted = "";
  for (const arg of args) {
    if (quoted.length >= QUOTED) break;
    quoted += `'${arg.slice(0, QUOTED - quoted.length)}' `;
  }
  return quoted;
}

function refuses(table: CommandTable, parts: readonly Bytes[]): boolean {
  const found = lookUp(table, parts[0] ?? "");
  return found === undefined || !allows(found.arity, parts.length);
}

function executeFromScript(keyspace: Keyspace, parts: readonly Bytes[]): Reply {
  const [name = "", ...args] = parts;
  const found = lookUp(DATA, name);
  if (found === undefined) return new Failure("ERR Unknown Redis command called from script");
  if (!allows(found.arity, parts.length)) {
    return new Failure("ERR Wrong number of args calling Redis command from script");
  }
  return answered(() => found.run(keyspace, args));
}

function lookUp(table: CommandTable, name: Bytes): CommandTable[string] | undefined {
  const upper = name.toUpperCase();
  return Object.hasOwn(table, upper) ? table[upper] : undefined;
}

function answered(run: () => Reply): Reply {
  try {
    return run();
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

function scripting(scripts: Scripts): CommandTable {
  const evaluate = (shaOf: (first: Bytes) => string, [first = "", count, ...rest]: readonly Bytes[]): Reply => {
    const keyCount = integerOf(count);
    if (keyCount > rest.length) throw new Failure("ERR Number of keys can't be greater than number of args");
    if (keyCount < 0) throw new Failure("ERR Number of keys can't be negative");
    return scripts.run(shaOf(first), rest.slice(0, keyCount), rest.slice(keyCount));
  };
  return {
    EVAL: command(-3, (_keyspace, args) => evaluate(scripts.load, args)),
    EVALSHA: command(-3, (_keyspace, args) => evaluate((sha) => sha, args)),
    SCRIPT: command(-2, (_keyspace, [verb = "", ...args]) => {
      switch (verb.toUpperCase()) {
        case "LOAD":
          if (args.length !== 1) throw wrongArity("script|load");
          return scripts.load(args[0] ?? "");
        case "EXISTS":
          if (args.length === 0) throw wrongArity("script|exists");
          return args.map((sha) => (scripts.has(sha) ? 1 : 0));
        case "FLUSH":
          if (args.length > 1) throw syntaxError();
          scripts.flush();
          return OK;
        default:
          throw new Failure(`ERR unknown subcommand '${verb}'. Try SCRIPT HELP.`);
      }
    }),
  };
}
