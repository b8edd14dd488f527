import { catalogId } from "../http/ids.ts";
import { pageQuery } from "../http/paging.ts";
import { z } from "../http/zod.ts";

/** Fields of the bodies by which an admin makes and changes things. None has a default: a change names what it changes. */

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

/** Text of any number of lines, or none. */
export const prose = (max: number) => z.string().max(max);

export const slug = z
  .string()
  .max(100)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be lower case letters and digits, with single hyphens between");

/** The id of a row of the catalog, in a body. */
export const rowId = z.int().positive().max(MAX_INTEGER);

export const level = z.int().min(1).max(5);

/** A list in which nothing comes twice. */
export const distinct = <T extends z.ZodType<string | number>>(item: T, max: number) =>
  z
    .array(item)
    .max(max)
    .refine((items) => new Set(items).size === items.length, "names something twice");

export const webAddress = z.url({ protocol: /^https?$/, error: "must be an http or https address" }).max(2_000);

/** The query parameters that every list of an admin's has. */
export const listQuery = (searched: string) => ({
  search: z
    .string()
    .trim()
    .max(100)
    .optional()
    .openapi({ description: `Part of ${searched}, in any case`, example: "multipl" }),
  ...pageQuery(50),
});

export const flag = z
  .enum(["true", "false"])
  .transform((text) => text === "true")
  .openapi({ type: "boolean", example: true });

export const idParams = (what: string) => z.object({ id: catalogId.openapi({ description: `The ${what}` }) });

export const uuidParams = (what: string, example: string) =>
  z.object({ id: z.uuid().openapi({ param: { name: "id", in: "path" }, description: `The ${what}`, example }) });
