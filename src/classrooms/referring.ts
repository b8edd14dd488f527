import { pgError } from "../db/errors.ts";
import type { ApiError } from "../http/errors.ts";

/**
 * Runs a change that refers to rows which an ADMIN may delete in that very moment, after it has found them: then it fails
 * with what `gone` says of the foreign key.
 */
export async function referring<T>(
  gone: Readonly<Record<string, () => ApiError>>,
  change: () => Promise<T>,
): Promise<T> {
  try {
    return await change();
  } catch (error) {
    const { code, constraint = "" } = pgError(error) ?? {};
    throw (code === "23503" ? gone[constraint]?.() : undefined) ?? error;
  }
}
