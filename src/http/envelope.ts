import type { Context } from "hono";
import { ERROR_CODES } from "./errors.ts";
import { JSON_HEADERS } from "./response-headers.ts";
import { z } from "./zod.ts";

/** Success: `{"data": …, "meta"?: …}` with status 200, creation too. */
export const ok = <T, M>(c: Context, data: T, meta?: M) => c.json(meta === undefined ? { data } : { data, meta }, 200);

/** Success whose data is JSON text already: it is sent as it is, byte for byte, and not through `c`, which is dearer. */
export const okText = (dataJson: string): Response => new Response(`{"data":${dataJson}}`, { headers: JSON_HEADERS });

/**
 * A reply that is not the JSON of its route's schema (a file, lines as they come, one that is sent again) as the type that
 * the compiler knows of the route, which is that JSON's.
 */
export const asReplied = <R extends Response>(response: Response): R => response as R;

/** The schema of a success body. */
export const dataOf = <T extends z.ZodType>(data: T) => z.object({ data });

/** Success where there is nothing to say but that it is done. */
export const done = (c: Context) => ok(c, { ok: true as const });

/** The schema of that. */
export const doneReply = dataOf(z.object({ ok: z.literal(true) }).openapi("Ok", { example: { ok: true } }));

/** The schema of one page of a list. */
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ data: z.array(item), meta: pageMeta });

const pageMeta = z
  .object({
    page: z.int().openapi({ description: "Which page this is; the first is 1" }),
    page_size: z.int().openapi({ description: "How many a page has at most" }),
    total: z.int().openapi({ description: "How many there are on all pages" }),
  })
  .openapi("PageMeta", { example: { page: 1, page_size: 20, total: 42 } });

export const errorBody = z
  .object({
    error: z.object({
      code: z.enum(ERROR_CODES).openapi({ description: "For programs: it stays what it is" }),
      message: z.string().openapi({ description: "For people" }),
      details: z
        .union([
          z.array(
            z.object({
              path: z.string().openapi({ description: "Which field, such as `students.0.full_name`" }),
              message: z.string().openapi({ description: "What is wrong with it" }),
            }),
          ),
          z.record(z.string(), z.unknown()),
        ])
        .optional()
        .openapi({
          description:
            "Of what is not valid, a list of each field and what is wrong with it; of a refused delete, " +
            "`{refers: {table: n}}`; of 503 from `/ready`, what is down.",
        }),
    }),
    request_id: z.string().openapi({ description: "The reply's `X-Request-Id`" }),
  })
  .openapi("Error", {
    example: {
      error: { code: "not_found", message: "There is no such session." },
      request_id: "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001",
    },
  });
