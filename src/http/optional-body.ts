import type { Context } from "hono";

/** For a route whose body may be left out: an empty one is none. Many clients announce JSON with every POST, body or not. */
export async function optionalBody(c: Context): Promise<void> {
  // Where nothing was announced, nothing is read: what validates takes no body for none by itself.
  if (c.req.header("Content-Type") !== undefined && (await c.req.text()).trim() === "") {
    c.req.bodyCache = { json: Promise.resolve({}) };
  }
}
