import type { Context } from "hono";
import { ApiError } from "./errors.ts";

/** Whether the body of a request was announced as this media type. */
export const isSentAs = (c: Context, type: string): boolean =>
  c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase() === type;

/** Refuses with 415 a body that is announced as none of these media types. */
export const sentAs =
  (types: readonly string[]) =>
  (c: Context): void => {
    if (types.some((type) => isSentAs(c, type))) return;
    throw new ApiError("unsupported_media_type", `Send the body as ${types.join(" or ")}, with that Content-Type.`);
  };

/** Refuses with 415 a body that is announced as compressed: the platform unpacks none. */
export function refuseCompressed(c: Context): void {
  if ((c.req.header("content-encoding") ?? "identity").trim().toLowerCase() === "identity") return;
  throw new ApiError("unsupported_media_type", "Send the body as it is, without a Content-Encoding.");
}
