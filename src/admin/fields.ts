import { catalogId, uuidParam } from "../http/fields.ts";
import { pageQuery } from "../http/paging.ts";
import { z } from "../http/zod.ts";

/** Fields of the bodies by which an admin makes and changes things. None has a default: a change names what it changes. */

/** Text of any number of lines, or none. */
export const prose = (max: number) => z.string().max(max);

export const slug = z
  .string()
  .max(100)
  .regex(
    /^[a-z0-9]+([-_][a-z0-9]+)*$/,
    "must be lower case letters and digits, with single hyphens or underscores between",
  )
  .openapi({ description: "What addresses and imports call it; no two are the same" });

export const level = z.int().min(1).max(5).openapi({ description: "How hard it is, 1 the easiest" });

/** Where a template's expression is at fault. */
export const positionOfFault = z
  .object({ start: z.int(), end: z.int().openapi({ description: "The first character behind it" }) })
  .openapi({ description: "Of a template's expression: the characters of it, from 0, that are at fault" });

/** With what a template failed. */
export const valuesOfFault = z
  .record(z.string(), z.string())
  .openapi({ description: "Of a template that failed as it was run: what its variables were" });

export const webAddress = z.url({ protocol: /^https?$/, error: "must be an http or https address" }).max(2_000);

/** The query parameters that every list of an admin's has. */
export const listQuery = (searched: string, example = "multipl") => ({
  search: z
    .string()
    .trim()
    .max(100)
    .optional()
    .openapi({ description: `Part of ${searched}, in any case`, example }),
  ...pageQuery(50),
});

export const idParams = (what: string, example = 1) =>
  z.object({ id: catalogId.openapi({ description: `The ${what}`, example }) });

export const uuidParams = (what: string, example: string) => z.object({ id: uuidParam("id", what, example) });
