import type { Context } from "hono";
import { ApiError } from "./errors.ts";

const VISIBLE = /^[\x21-\x7e]{1,255}$/;

/** The client's `Idempotency-Key`, where the route heeds one and the client sent one; 400 where it is not 1–255 visible characters. */
export function idempotencyKeyIn(c: Context): string | undefined {
  const key = c.req.header("idempotency-key");
  if (key === undefined || VISIBLE.test(key)) return key;
  throw new ApiError("validation_error", "An Idempotency-Key has 1 to 255 visible ASCII characters.", { status: 400 });
}
