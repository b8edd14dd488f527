import { decodeBase64Url, encodeBase64Url } from "hono/utils/encode";
import { z } from "../../http/zod.ts";

/** How a report of pages says where the next one begins: clients are not to read it, only to send it back. */
export type Cursor<Place> = {
  readonly encode: (place: Place) => string;
  /** `cursor` as it stands in a query: `meta.next_cursor` of the page before. */
  readonly parameter: z.ZodType<Place, string>;
};

/** A name may be in it, of letters of several bytes each. */
const LONGEST = 2_000;

/** A cursor of places that this schema reads from plain JSON; `example` is one of them. */
export function cursorOf<Place>(schema: z.ZodType<Place>, example: Place): Cursor<Place> {
  const encode = (place: Place) => encodeBase64Url(new TextEncoder().encode(JSON.stringify(place)).buffer);
  const parameter = z
    .string()
    .max(LONGEST)
    .transform((cursor, context): Place => {
      const place = schema.safeParse(jsonIn(cursor));
      if (place.success) return place.data;
      context.addIssue("must be a `next_cursor` of this report");
      return z.NEVER;
    })
    .openapi({ type: "string", description: "`meta.next_cursor` of the page before", example: encode(example) });
  return { encode, parameter };
}

function jsonIn(cursor: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(decodeBase64Url(cursor)));
  } catch {
    return undefined;
  }
}

/** In rows by time, newest first: just after this one. What is new comes before it and moves nothing. */
export type TimePlace = readonly [atMs: number, id: string];

const ID = "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c101";

export const timeCursor: Cursor<TimePlace> = cursorOf(
  z.tuple([z.int().min(0).max(8_640_000_000_000_000), z.uuid()]).readonly(),
  [1_795_365_010_000, ID],
);

/** In rows by student and skill: just after this pair, under what the student was ordered by when they were read. */
export type StudentSkillPlace = readonly [sortedAs: string, studentId: string, skillId: number];

/** What Postgres takes for a text. */
const text = z
  .string()
  .max(400)
  .refine((value) => value.isWellFormed() && !value.includes("\0"));

export const studentSkillCursor: Cursor<StudentSkillPlace> = cursorOf(
  z.tuple([text, z.uuid(), z.int().min(1).max(2_147_483_647)]).readonly(),
  ["sam student", ID, 1],
);
