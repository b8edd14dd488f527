import type { Context, TypedResponse } from "hono";
import { etagOf, hasAlready } from "./etag.ts";

/**
 * Success with an ETag, for who asks again and again: a caller who has just this body gets 304. It is about the caller,
 * so no cache that others share may keep it.
 */
export async function okRevalidated<Body extends object>(c: Context, body: Body) {
  const text = JSON.stringify(body);
  const headers = { ETag: await etagOf(text), "Cache-Control": "private, no-cache" };
  const response = hasAlready(c.req.header("If-None-Match"), headers.ETag)
    ? c.body(null, 304, headers)
    : c.body(text, 200, { ...headers, "Content-Type": "application/json" });
  // The type is the body's: its JSON is what is sent. A 304 has no body that could have another.
  return response as unknown as TypedResponse<Body, 200, "json">;
}
