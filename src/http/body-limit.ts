import type { Context } from "hono";
import { bodyLimit as honoBodyLimit } from "hono/body-limit";
import { ApiError } from "./errors.ts";
import { received } from "./received.ts";

/** What a body may hold where its route says nothing else. */
export const BODY_LIMIT_BYTES = 256 * 1024;

/** Refuses with 413 a body of more than `maxBytes`, whether its length is announced or it comes in chunks. */
export function bodyLimit(maxBytes: number): (c: Context) => Promise<void> {
  const refuse = (): never => {
    throw new ApiError("payload_too_large", `A body may have ${maxBytes} bytes at most here.`);
  };
  const counted = honoBodyLimit({ maxSize: maxBytes, onError: refuse });
  return async (c) => {
    const announced = c.req.header("content-length");
    // Which of the two holds where both are sent only reading tells (RFC 9112, 6.3).
    if (announced === undefined || c.req.header("transfer-encoding") !== undefined) await received(counted(c, nothing));
    else if (Number(announced) > maxBytes) refuse();
  };
}

const nothing = async () => {};
