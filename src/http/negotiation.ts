import type { MiddlewareHandler } from "hono";
import { parseAccept } from "hono/utils/accept";
import { ApiError } from "./errors.ts";

/** What clients of an API send; they are let through without a closer look. */
const USUAL = new Set(["*/*", "application/json", "application/json, text/plain, */*"]);

/** The ranges that JSON is in, the most specific first: the first that a caller names decides (RFC 9110, 12.5.1). */
const JSON_RANGES = ["application/json", "application/*", "*/*"];

/** Refuses with 406 a caller who accepts no JSON; who says nothing accepts anything. */
export const acceptsJson: MiddlewareHandler = async (c, next) => {
  const accept = c.req.header("accept");
  if (accept && !USUAL.has(accept) && !includesJson(accept)) {
    throw new ApiError("not_acceptable", "This route answers application/json only.");
  }
  await next();
};

function includesJson(accept: string): boolean {
  const wanted = new Map(parseAccept(accept).map(({ type, q }) => [type.toLowerCase(), q]));
  const range = JSON_RANGES.find((name) => wanted.has(name));
  return range !== undefined && wanted.get(range) !== 0;
}
