import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { ApiError } from "./errors.ts";

/** What a body may hold where its route says nothing else. */
export const BODY_LIMIT_BYTES = 256 * 1024;

/** Refuses with 413 a body of more than `maxBytes`, whether its length is announced or it comes in chunks. */
export const limitBody = (maxBytes: number): MiddlewareHandler =>
  bodyLimit({
    maxSize: maxBytes,
    onError: () => {
      throw new ApiError("payload_too_large", `A body may have ${maxBytes} bytes at most here.`);
    },
  });
