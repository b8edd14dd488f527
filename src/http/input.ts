import type { Context } from "hono";
import { isSentAs, refuseCompressed, sentAs } from "./body-type.ts";
import { ApiError, noSuchPath, notValid } from "./errors.ts";
import { received } from "./received.ts";
import { faultsOf } from "./schema-faults.ts";
import { unstorable } from "./storable.ts";
import type { z } from "./zod.ts";

/** What of a request a route reads, and in which form. */
export type InputSpec = {
  path: string;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** False where every field has a default, so that no body at all is fine. */
  bodyRequired?: boolean;
  /** A body that is not JSON: the handler finds it with `c.req.arrayBuffer`. Beside `body`, either may be sent. */
  textBody?: { readonly type: string };
};

/** What hono calls each part of a request, and what a client does. */
const PARTS = { query: "query", param: "path", json: "body" } as const;

type Target = keyof typeof PARTS;

/** A body can break its schema in as many places as it has bytes; this many are named. */
const NAMED_FAULTS = 100;

const JSON_TYPES = /^application\/([\w.-]+\+)?json\s*(;|$)/i;

/**
 * Reads what a route is sent and holds it to its schemas; handlers find it with `c.req.valid`. A path that breaks its
 * schema is 400, a query or body 422, what is no JSON 400, what was announced as something else, or as compressed, 415.
 */
export function inputReader({ path, params, query, body, bodyRequired = true, textBody }: InputSpec) {
  const paramsOf = path.includes("}.") ? fileParams : (c: Context) => c.req.param();
  const checkType = textBody && sentAs([...(body ? ["application/json"] : []), textBody.type]);
  return async (c: Context): Promise<void> => {
    if (params) keep(c, "param", params, paramsOf(c));
    if (query) keep(c, "query", query, queryOf(c));
    if (body || textBody) refuseCompressed(c);
    checkType?.(c);
    if (textBody && isSentAs(c, textBody.type)) await received(c.req.arrayBuffer());
    else if (body) keep(c, "json", body, await jsonOf(c, bodyRequired));
  };
}

function keep(c: Context, target: Target, schema: z.ZodType, value: unknown): void {
  const parsed = schema.safeParse(value);
  const faults = parsed.success ? unstorable(parsed.data) : faultsOf(parsed.error);
  if (faults.length > 0) throw notValid(PARTS[target], faults.slice(0, NAMED_FAULTS), target === "param" ? 400 : 422);
  c.req.addValidatedData(target, parsed.data as object);
}

/**
 * The parameters of a path such as `/{id}.pdf`: the router takes `id.pdf` for a name and the whole for its value. One that
 * does not end so is no path of ours.
 */
function fileParams(c: Context): Record<string, string> {
  const params = Object.entries(c.req.param()).map(([file, value]) => {
    const [name = "", ending = ""] = file.split(/(?=\.)/);
    if (!value.endsWith(ending)) throw noSuchPath();
    return [name, value.slice(0, value.length - ending.length)] as const;
  });
  return Object.fromEntries(params);
}

/** A name that comes once is its value, one that comes again a list. */
function queryOf(c: Context): unknown {
  return Object.fromEntries(
    Object.entries(c.req.queries()).map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  );
}

/** The body's JSON. No body at all is `{}`; many clients announce a type with every POST, so that a blank one may be none. */
async function jsonOf(c: Context, required: boolean): Promise<unknown> {
  const type = c.req.header("content-type");
  if (type !== undefined && !JSON_TYPES.test(type)) {
    const isNone = !required && (await received(c.req.arrayBuffer())).byteLength === 0;
    if (isNone) return {};
    throw notJson();
  }
  const text = await received(c.req.text());
  if (type === undefined && text !== "") throw notJson();
  if (type === undefined || (!required && text.trim() === "")) return {};
  if (text.includes(UNREADABLE)) throw malformed("The body is not in UTF-8, or it holds U+FFFD, which it may escape.");
  try {
    return JSON.parse(text);
  } catch {
    throw malformed("The body is not well-formed JSON. Send one JSON object.");
  }
}

/** What stands for bytes that are no UTF-8 (RFC 8259, 8.1) once they are text: kept, a name would be wrong for good. */
const UNREADABLE = "\ufffd";

const malformed = (message: string) => new ApiError("validation_error", message, { status: 400 });

const notJson = () =>
  new ApiError("unsupported_media_type", "Send the body as application/json, with that Content-Type.");
