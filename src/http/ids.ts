import { z } from "./zod.ts";

const MAX_INTEGER = 2_147_483_647;

/** The id of something in the catalog, as it stands in a path or query: digits of a positive 32-bit integer. */
export const catalogId = z
  .string()
  .regex(/^[1-9]\d{0,9}$/, "must be a positive integer")
  .transform(Number)
  .pipe(z.int().max(MAX_INTEGER))
  .openapi({ type: "integer", minimum: 1, maximum: MAX_INTEGER, example: 1 });
