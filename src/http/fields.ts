import { z } from "./zod.ts";

/** Fields of bodies, paths and queries that more than one feature takes. */

const MAX_INTEGER = 2_147_483_647;

const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;

const oneLine = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => !CONTROL.test(text), "must not hold control characters");

/** Text on one line, not empty. */
export const line = (max: number) => oneLine(max).min(1);

/** Text on one line; an empty one is none, as null is. */
export const lineOrNone = (max: number) =>
  oneLine(max)
    .transform((text) => (text === "" ? null : text))
    .nullable();

/** The id of a row of the catalog, in a body. */
export const rowId = z.int().positive().max(MAX_INTEGER);

/** The same in a path or query, in digits. */
export const catalogId = z
  .string()
  .regex(/^[1-9]\d{0,9}$/, "must be a positive integer")
  .transform(Number)
  .pipe(z.int().max(MAX_INTEGER))
  .openapi({ type: "integer", minimum: 1, maximum: MAX_INTEGER, example: 1 });

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

const FIRST_MOMENT = Date.parse("0001-01-01T00:00:00Z");
const LAST_MOMENT = Date.parse("9999-12-31T23:59:59.999Z");

/** To the minute, which ISO 8601 has and RFC 3339 has not. */
const TO_THE_MINUTE = z.iso.datetime({ offset: true, precision: -1 });

/** A moment in ISO 8601, of the years 1 to 9999 in UTC, which have one form everywhere; without a zone it is UTC. */
export const moment = z
  .union(
    [z.iso.datetime({ offset: true, local: true }), TO_THE_MINUTE],
    "must be a moment such as 2026-12-04T16:00:00Z",
  )
  .transform((text) => new Date(/[Zz]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`))
  .refine((date) => date.getTime() >= FIRST_MOMENT && date.getTime() <= LAST_MOMENT, "must be in the years 1 to 9999")
  .openapi({ type: "string", format: "date-time" });

/** An id in the form of a UUID, of whatever version, in the one spelling that ids are compared in. */
export const uuid = z.guid("must be a UUID").toLowerCase();

/** One UUID of a path, by its name there. */
export const uuidParam = (name: string, what: string, example: string) =>
  uuid.openapi({ param: { name, in: "path" }, description: `The ${what}`, example });
