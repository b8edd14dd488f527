import { type SQL, sql } from "drizzle-orm";
import { decodeBase64Url, encodeBase64Url } from "hono/utils/encode";
import { z } from "../../http/zod.ts";
import { day } from "./day.ts";

/** Where the next page begins: just after a row, in the days of the page before, though today may be another by then. */
export type Place<Row> = {
  readonly after: Row;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** How a report of pages says where the next one begins: clients are not to read it, only to send it back. */
export type Cursor<Row> = {
  readonly encode: (place: Place<Row>) => string;
  /** `cursor` as it stands in a query: `meta.next_cursor` of the page before. */
  readonly parameter: z.ZodType<Place<Row>, string>;
};

/** A name may be in it, of letters of several bytes each. */
const LONGEST = 2_000;

/** A cursor of rows that this schema tells by plain JSON; `example` is one of them. */
export function cursorOf<Row>(row: z.ZodType<Row>, example: Row): Cursor<Row> {
  const schema = z.object({ after: row, from: day.optional(), to: day.optional() });
  const encode = (place: Place<Row>) => encodeBase64Url(new TextEncoder().encode(JSON.stringify(place)).buffer);
  const parameter = z
    .string()
    .max(LONGEST)
    .transform((cursor, context): Place<Row> => {
      const place = schema.safeParse(jsonIn(cursor));
      if (place.success) return place.data;
      context.addIssue("must be a `next_cursor` of this report");
      return z.NEVER;
    })
    .openapi({
      type: "string",
      description: "`meta.next_cursor` of the page before",
      example: encode({ after: example }),
    });
  return { encode, parameter };
}

function jsonIn(cursor: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(decodeBase64Url(cursor)));
  } catch {
    return undefined;
  }
}

/** A row of those by time, newest first. What is new comes before it and moves nothing. */
export type TimedRow = readonly [atMs: number, id: string];

/** The last millisecond whose year has four digits: Postgres does not read more. */
const LAST_MS = 253_402_300_799_999;

/** A moment of a row. */
export const cursorMs = z.int().min(0).max(LAST_MS);

/** A row of the catalog. */
export const cursorId = z.int().min(1).max(2_147_483_647);

const ID = "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c101";

export const timeCursor: Cursor<TimedRow> = cursorOf(z.tuple([cursorMs, z.uuid()]).readonly(), [1_795_365_010_000, ID]);

/** What is older than a row. The moment alone bounds the index; the id decides among rows of one millisecond. */
export const isBefore = (at: SQL, id: SQL, row: TimedRow | undefined): SQL =>
  row === undefined
    ? sql`true`
    : sql`(${at}, ${id}) < (${new Date(row[0]).toISOString()}::timestamptz, ${row[1]}::uuid)`;

/** A row of those by student and skill, under the name that the student had when it was read. */
type StudentSkillRow = readonly [name: string, studentId: string, skillId: number];

/** What Postgres takes for a text. */
const text = z
  .string()
  .max(400)
  .refine((value) => value.isWellFormed() && !value.includes("\0"));

export const studentSkillCursor: Cursor<StudentSkillRow> = cursorOf(z.tuple([text, z.uuid(), cursorId]).readonly(), [
  "Sam Student",
  ID,
  1,
]);
