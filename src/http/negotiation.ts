import { accepts } from "hono/accepts";
import type { MiddlewareHandler } from "hono";
import { ApiError } from "./errors.ts";

const JSON_TYPE = "application/json";
const NONE = "none";

/** Refuses with 406 a caller who accepts no JSON; the usual caller, who says nothing or takes anything, costs nothing. */
export const acceptsJson: MiddlewareHandler = async (c, next) => {
  const accept = c.req.header("accept");
  if (accept !== undefined && !accept.includes(JSON_TYPE) && !accept.includes("*/*")) {
    const chosen = accepts(c, {
      header: "Accept",
      supports: [JSON_TYPE],
      default: NONE,
      match: (wanted) =>
        wanted.some(({ type, q }) => q > 0 && ["application/*", JSON_TYPE].includes(type.toLowerCase())) ? JSON_TYPE : NONE,
    });
    if (chosen === NONE) throw new ApiError("not_acceptable", "This route answers application/json only.");
  }
  await next();
};
