import { z } from "./zod.ts";

/** Fields of bodies, paths and queries that more than one feature takes. */

const MAX_INTEGER = 2_147_483_647;

const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** Text on one line, not empty. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !CONTROL.test(text), "must not hold control characters");

/** The id of a row of the catalog, in a body. */
export const rowId = z.int().positive().max(MAX_INTEGER);

/** A list in which nothing comes twice. */
export const distinct = <T extends z.ZodType<string | number>>(item: T, max: number) =>
  z
    .array(item)
    .max(max)
    .refine((items) => new Set(items).size === items.length, "names something twice");

/** Yes or no in a query; its name alone, `?dry_run`, is a yes. */
export const flag = z
  .enum(["true", "false", "1", "0", ""])
  .transform((text) => text !== "false" && text !== "0")
  .openapi({ type: "boolean", example: true });

/** An id that is a UUID, in the one spelling that ids are compared in. */
export const uuid = z.uuid().toLowerCase();

/** One UUID of a path, by its name there. */
export const uuidParam = (name: string, what: string, example: string) =>
  uuid.openapi({ param: { name, in: "path" }, description: `The ${what}`, example });
