import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import type { Context, MiddlewareHandler } from "hono";
import type { AccessTokens } from "./access-token.ts";
import type { Access, AuthVariables } from "./authentication.ts";
import { admitCaller } from "./authentication.ts";
import { BODY_LIMIT_BYTES, limitBody } from "./body-limit.ts";
import { sentAs } from "./body-type.ts";
import { errorResponses } from "./documented-errors.ts";
import { REQUEST_HEADERS, type ResponseHeader, responseHeaders } from "./documented-headers.ts";
import { ApiError, type ErrorCode, type FieldFault } from "./errors.ts";
import { acceptsJsonOr } from "./negotiation.ts";
import { optionalBody } from "./optional-body.ts";
import { unstorable } from "./storable.ts";
import type { z } from "./zod.ts";

export type AppEnv = { Variables: AuthVariables };

export type Router = OpenAPIHono<AppEnv>;

/** A body can break its schema in as many places as it has bytes; this many are named. */
const NAMED_FAULTS = 100;

/** A router of one feature. What breaks a schema is answered here: a path id with 400, a body or query with 422. */
export const newRouter = (): Router =>
  new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      const faults = result.success ? unstorable(result.data) : faultsOf(result.error);
      if (faults.length === 0) return;
      const where = result.target === "json" ? "body" : result.target;
      throw new ApiError("validation_error", `The ${where} is not valid: see details.`, {
        status: result.target === "param" ? 400 : 422,
        details: faults.slice(0, NAMED_FAULTS),
      });
    },
  });

function faultsOf(error: z.ZodError): FieldFault[] {
  return error.issues.map(({ path, message }) => ({ path: path.map(String).join("."), message }));
}

type Spec<P extends string, D extends z.ZodType, B extends z.ZodType, Q extends z.ZodObject, I extends z.ZodObject> = {
  method: "get" | "post" | "put" | "patch" | "delete";
  path: P;
  operationId: string;
  tags: readonly [string];
  summary: string;
  description?: string;
  access: Access;
  /** The whole success body, envelope included. */
  response: D;
  params?: I;
  query?: Q;
  body?: B;
  /** False where every field has a default, so that no body at all is fine. */
  bodyRequired?: boolean;
  /** A body that is not JSON, by its media type and an example: the handler reads it. Beside `body`, either may be sent. */
  textBody?: { readonly type: string; readonly example: string };
  /** What it answers beside JSON to who wants it: media types, each with an example. */
  alsoAnswers?: Readonly<Record<string, string>>;
  /** The media type of the file that it answers in place of JSON. */
  file?: string;
  /** What the body may hold at most; 256 kB where nothing is said. */
  maxBodyBytes?: number;
  /** True where the reply carries an ETag, and a caller who has it already gets 304. */
  revalidated?: boolean;
  /** True where an `Idempotency-Key` counts, and a repeat gets the first reply again. */
  replayed?: boolean;
  /** True where it makes something: an `Idempotency-Key` counts as `idempotent` has it. */
  creates?: boolean;
  /** What can go wrong here beyond what the access, the params, the query and the body imply. */
  errors?: readonly ErrorCode[];
};

/**
 * One route as the contract has it: how it is called, who may call it, every status it answers. The middleware that
 * holds callers to `access` comes with it, ahead of validation, so that no route can be documented and not guarded.
 */
export function defineRoute<
  P extends string,
  D extends z.ZodType,
  B extends z.ZodType = z.ZodNever,
  Q extends z.ZodObject = z.ZodObject,
  I extends z.ZodObject = z.ZodObject,
>(tokens: AccessTokens, spec: Spec<P, D, B, Q, I>) {
  const { method, path, operationId, tags, summary, description, access, response, params, query, body } = spec;
  return createRoute({
    method,
    path,
    operationId,
    tags: [...tags],
    summary,
    ...(description === undefined ? {} : { description }),
    ...securityOf(access),
    ...requestHeadersOf(spec),
    "x-access": access,
    middleware: [guard(tokens, spec)] as const,
    request: {
      ...(params ? { params } : {}),
      ...(query ? { query } : {}),
      ...requestBody(spec),
    } as {
      params: I;
      query: Q;
      body: { required: true; content: { "application/json": { schema: B } } };
    },
    responses: {
      200: {
        description: "Success",
        headers: responseHeaders(successHeadersOf(spec)),
        content: successContent(spec, response),
      },
      ...(spec.revalidated ? NOT_MODIFIED : {}),
      ...errorResponses({ ...spec, body: body ?? spec.textBody }),
    },
  });
}

const JSON_TYPE = "application/json";

type BodySpec = { body?: z.ZodType; bodyRequired?: boolean; textBody?: { type: string; example: string } };

type GuardSpec = BodySpec & {
  access: Access;
  alsoAnswers?: Readonly<Record<string, string>>;
  file?: string;
  maxBodyBytes?: number;
};

/**
 * What a request passes before it is validated: the form of the reply, who calls, how long the body is and whether it can
 * be read at all. One middleware, as each costs an answer as much as the checks themselves.
 */
function guard(tokens: AccessTokens, spec: GuardSpec): MiddlewareHandler<AppEnv> {
  const { access, alsoAnswers = {}, file, maxBodyBytes = BODY_LIMIT_BYTES } = spec;
  const checkAccept = acceptsJsonOr([...Object.keys(alsoAnswers), ...(file === undefined ? [] : [file])]);
  const checkBody = readable(spec);
  const limited = limitBody(maxBodyBytes);
  return async (c, next) => {
    checkAccept(c);
    await admitCaller(c, access, tokens);
    if (!checkBody) return limited(c, next);
    return limited(c, async () => {
      await checkBody(c);
      await next();
    });
  };
}

/** What there is to check of a body before it is read; nothing where it is JSON and must be there. */
function readable({ body, bodyRequired, textBody }: BodySpec): ((c: Context) => void | Promise<void>) | undefined {
  if (textBody) return sentAs([...(body ? [JSON_TYPE] : []), textBody.type]);
  return bodyRequired === false ? optionalBody : undefined;
}

/** What is required would be read as JSON whatever was sent, so that where there is a choice it is not: `sentAs` requires it. */
function requestBody({ body, bodyRequired = true, textBody }: BodySpec) {
  if (!body && !textBody) return {};
  const required = body && textBody ? false : bodyRequired;
  const content = { ...(body ? { [JSON_TYPE]: { schema: body } } : {}), ...(textBody ? textContent(textBody) : {}) };
  return { body: { required, content } };
}

/** To the compiler always JSON: a file has no schema that what is sent could be held to. */
function successContent<D extends z.ZodType>(
  spec: { file?: string; alsoAnswers?: Readonly<Record<string, string>> },
  response: D,
): { "application/json": { schema: D } } {
  if (spec.file === undefined) return { "application/json": { schema: response }, ...alsoContent(spec) };
  return Object.assign({
    [spec.file]: { schema: { type: "string" as const, format: "binary" }, example: "%PDF-1.7 …" },
  });
}

const textContent = ({ type, example }: { type: string; example: string }) => ({
  [type]: { schema: { type: "string" as const }, example },
});

/** Nothing, to the compiler: what else a route answers is no JSON for its schema to hold. */
function alsoContent({ alsoAnswers = {} }: { alsoAnswers?: Readonly<Record<string, string>> }): Record<never, never> {
  return Object.assign({}, ...Object.entries(alsoAnswers).map(([type, example]) => textContent({ type, example })));
}

type HeaderFlags = { revalidated?: boolean; replayed?: boolean; creates?: boolean; file?: string };

function requestHeadersOf(spec: HeaderFlags) {
  const parameters = [
    ...(spec.revalidated ? [REQUEST_HEADERS.ifNoneMatch] : []),
    ...(spec.replayed ? [REQUEST_HEADERS.idempotencyKey] : []),
    ...(spec.creates ? [REQUEST_HEADERS.createKey] : []),
  ];
  return parameters.length > 0 ? { parameters } : {};
}

function successHeadersOf(spec: HeaderFlags): ResponseHeader[] {
  return [
    ...(spec.revalidated ? (["ETag"] as const) : []),
    ...(spec.file === undefined ? [] : (["Content-Disposition"] as const)),
    ...(spec.replayed || spec.creates ? (["Idempotent-Replayed"] as const) : []),
  ];
}

const NOT_MODIFIED = {
  304: { description: "The caller has it already, as `If-None-Match` said.", headers: responseHeaders(["ETag"]) },
};

function securityOf(access: Access) {
  if (access === "anyone") return { security: [] };
  return { security: access === "guest" ? [{}, { bearerAuth: [] }] : [{ bearerAuth: [] }] };
}
