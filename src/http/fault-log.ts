import { pgError } from "../db/errors.ts";

/** Errors whose message is ours or the language's; those of the drivers quote what was sent, people's data included. */
const PLAIN_ERRORS = new Set(["Error", "TypeError", "RangeError", "ReferenceError", "DOMException", "TimeoutError"]);

const DRIZZLE_MESSAGE = "Failed query:";

/** What a log may say about a fault: what it was and where, never the SQL, its parameters or a command's arguments. */
export function describeForLog(thrown: unknown): object {
  if (!(thrown instanceof Error)) return { thrown: typeof thrown };
  const postgres = pgError(thrown);
  const quotesInput = !PLAIN_ERRORS.has(thrown.name) || thrown.message.startsWith(DRIZZLE_MESSAGE);
  return {
    name: thrown.name,
    ...(quotesInput ? {} : { message: thrown.message }),
    ...(postgres ? { postgres: postgresFault(postgres) } : {}),
    frames: framesOf(thrown),
  };
}

function postgresFault({ code, constraint, table, routine, sourceError }: NonNullable<ReturnType<typeof pgError>>) {
  return { code, constraint, table, routine, ...(sourceError ? { unreachable: sourceError.name } : {}) };
}

/** A stack begins with the message: the frames are the lines after it. */
function framesOf({ stack = "" }: Error): string[] {
  return stack.split("\n").flatMap((line) => (/^\s+at /.test(line) ? [line.trim()] : []));
}
