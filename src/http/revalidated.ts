import type { Context, TypedResponse } from "hono";
import { etagOf, hasAlready } from "./etag.ts";

/** JSON that was written before, with the ETag of just that text, and who may keep it how long (`Cache-Control`). */
export type RevalidatedText = { readonly body: string; readonly etag: string; readonly cacheControl: string };

/** Success with an ETag: a caller who has just this body already gets 304. `Body` is what the text is the JSON of. */
export function sendRevalidated<Body>(c: Context, { body, etag, cacheControl }: RevalidatedText) {
  const headers = { ETag: etag, "Cache-Control": cacheControl };
  const response = hasAlready(c.req.header("If-None-Match"), etag)
    ? c.body(null, 304, headers)
    : c.body(body, 200, { ...headers, "Content-Type": "application/json" });
  // The type is the body's: its JSON is what is sent. A 304 has no body that could have another.
  return response as unknown as TypedResponse<Body, 200, "json">;
}

/** The same of what is about the caller, for who asks again and again: no cache that others share may keep it. */
export async function okRevalidated<Body extends object>(c: Context, value: Body) {
  const body = JSON.stringify(value);
  return sendRevalidated<Body>(c, { body, etag: await etagOf(body), cacheControl: "private, no-cache" });
}
