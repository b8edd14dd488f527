import { type Bytes, Failure, type Reply } from "../engine.ts";
import type { Keyspace } from "./keyspace.ts";

/** How a command is run: on the keys, with what follows its name. */
export interface Command {
  /** As in Redis: how many parts with the name; at least that many where negative. */
  readonly arity: number;
  run(keys: Keyspace, args: readonly Bytes[]): Reply;
}

/** Commands by their name in capitals. */
export type CommandTable = Readonly<Record<string, Command>>;

/** A command of exactly or (where negative) at least `arity` parts, its name among them. */
export function command(arity: number, run: Command["run"]): Command {
  return { arity, run };
}

export function syntaxError(): Failure {
  return new Failure("ERR syntax error");
}

/** Whether `arity` allows that many parts, the name among them. */
export function allows(arity: number, parts: number): boolean {
  return arity < 0 ? parts >= -arity : parts === arity;
}

export function wrongArity(name: Bytes): Failure {
  return new Failure(`ERR wrong number of arguments for '${name.toLowerCase()}' command`);
}
