import { decodeBase64Url, encodeBase64Url } from "hono/utils/encode";
import { z } from "../http/zod.ts";

/** A place in a student's attempts, newest first: just after this one. New attempts come before it and move nothing. */
export type AttemptPlace = { readonly answeredAt: Date; readonly attemptId: string };

const place = z.tuple([z.int().min(0).max(8_640_000_000_000_000), z.uuid()]);

/** The place as clients get it: they are not to read it, only to send it back. */
export function toCursor({ answeredAt, attemptId }: AttemptPlace): string {
  return encodeBase64Url(new TextEncoder().encode(JSON.stringify([answeredAt.getTime(), attemptId])).buffer);
}

/** The place that a cursor stands for; undefined where it is none of ours. */
function toPlace(cursor: string): AttemptPlace | undefined {
  try {
    const [atMs, attemptId] = place.parse(JSON.parse(new TextDecoder().decode(decodeBase64Url(cursor))));
    return { answeredAt: new Date(atMs), attemptId };
  } catch {
    return undefined;
  }
}

/** `cursor` as it stands in a query: `meta.next_cursor` of the page before. */
export const cursorParameter = z
  .string()
  .max(200)
  .transform((cursor, context): AttemptPlace => {
    const found = toPlace(cursor);
    if (found) return found;
    context.addIssue("must be a `next_cursor` of this report");
    return z.NEVER;
  })
  .openapi({
    type: "string",
    description: "`meta.next_cursor` of the page before",
    example: "WzE3OTUzNjUwMTAwMDAsIjAxOThjNmEyLTdjMWUtN2NjMi05ZjBlLTNhNTJhMWYwYzEwMSJd",
  });
