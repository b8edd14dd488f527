import type { Context } from "hono";
import { parseAccept } from "hono/utils/accept";
import { ApiError } from "./errors.ts";

/** What clients of an API send; they are let through without a closer look. */
const USUAL = new Set(["*/*", "application/json", "application/json, text/plain, */*"]);

const JSON_TYPE = "application/json";

/** Refuses with 406 a caller who accepts neither JSON nor any of these types; who says nothing accepts anything. */
export function acceptsJsonOr(types: readonly string[]): (c: Context) => void {
  const answered = [JSON_TYPE, ...types];
  return (c) => {
    const accept = c.req.header("accept");
    if (accept && !USUAL.has(accept) && !answered.some((type) => includes(accept, type))) {
      throw new ApiError("not_acceptable", `This route answers ${answered.join(" or ")} only.`);
    }
  };
}

/** Whether a caller would rather have this type than JSON: who names it in so many words, and JSON not ahead of it. */
export function prefers(accept: string | undefined, type: string): boolean {
  const wanted = weights(accept ?? "");
  const weight = wanted.get(type) ?? 0;
  return weight > 0 && weight >= (wanted.get(JSON_TYPE) ?? 0);
}

/** The ranges that a type is in, the most specific first: the first that a caller names decides (RFC 9110, 12.5.1). */
function includes(accept: string, type: string): boolean {
  const wanted = weights(accept);
  const range = [type, type.replace(/\/.*/, "/*"), "*/*"].find((name) => wanted.has(name));
  return range !== undefined && wanted.get(range) !== 0;
}

const weights = (accept: string) => new Map(parseAccept(accept).map(({ type, q }) => [type.toLowerCase(), q]));
