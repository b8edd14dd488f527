import type { MiddlewareHandler } from "hono";

/** For a route whose body may be left out: an empty one is none. Many clients announce JSON with every POST, body or not. */
export const optionalBody: MiddlewareHandler = async (c, next) => {
  // Where nothing was announced, nothing is read: what validates takes no body for none by itself.
  if (c.req.header("Content-Type") !== undefined && (await c.req.text()).trim() === "") {
    c.req.bodyCache = { json: Promise.resolve({}) };
  }
  await next();
};

/** For any other route: its body, if it takes one, must be there. */
export const requiredBody: MiddlewareHandler = (_c, next) => next();
