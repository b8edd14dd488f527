import { NeonDbError } from "@neondatabase/serverless";

/** The Postgres error inside whatever a query threw (drizzle wraps single queries, not batches), if there is one. */
export function pgError(thrown: unknown): NeonDbError | undefined {
  let error = thrown;
  for (let depth = 0; depth < 4 && error instanceof Error; depth++) {
    if (error instanceof NeonDbError) return error;
    error = error.cause;
  }
  return undefined;
}

/** Whether a query failed because a row with the same key exists (SQLSTATE 23505), of this constraint if one is named. */
export function isUniqueViolation(thrown: unknown, constraint?: string): boolean {
  const error = pgError(thrown);
  return error?.code === "23505" && (constraint === undefined || error.constraint === constraint);
}

/** Whether a statement called a function that the database does not have (SQLSTATE 42883). */
export const isUndefinedFunction = (thrown: unknown): boolean => pgError(thrown)?.code === "42883";

/** What a statement makes a truth value of where the actor is no active ADMIN: Postgres refuses it, and repeats it. */
export const NO_ADMIN = "the actor is no active ADMIN";

/** Whether a change was refused because who made it is no active ADMIN any more. */
export const isActorGone = (thrown: unknown): boolean => pgError(thrown)?.message.includes(NO_ADMIN) ?? false;

/** Whether Postgres had more to say than the 10 MB that Neon sends at once. */
export const isReplyTooLarge = (thrown: unknown): boolean =>
  pgError(thrown)?.message.startsWith("Server error (HTTP status 507)") ?? false;

/**
 * SQLSTATE classes that say the server cannot do it now: connection, a copy that takes no changes, credentials that hold
 * no more, no such database, deadlock, resources, shutdown, the system, a fault of its own.
 */
const DOWN_CLASSES = new Set(["08", "25", "28", "3D", "40", "53", "57", "58", "XX"]);

/** Whether a query failed because Postgres could not be reached or could not work, not because of what it was asked. */
export function isDependencyDown(thrown: unknown): boolean {
  const error = pgError(thrown);
  if (!error) return false;
  return error.code === undefined ? true : DOWN_CLASSES.has(error.code.slice(0, 2));
}
