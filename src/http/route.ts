import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import type { Context, Handler } from "hono";
import type { AccessTokens } from "./access-token.ts";
import { type Access, type AuthVariables, admitCaller } from "./authentication.ts";
import { BODY_LIMIT_BYTES, bodyLimit } from "./body-limit.ts";
import { errorResponses } from "./documented-errors.ts";
import { REQUEST_HEADERS, type ResponseHeader, responseHeaders } from "./documented-headers.ts";
import type { ErrorCode } from "./errors.ts";
import { type InputSpec, inputReader } from "./input.ts";
import { acceptsJsonOr } from "./negotiation.ts";
import type { z } from "./zod.ts";

export type AppEnv = { Variables: AuthVariables };

export type Router = OpenAPIHono<AppEnv>;

/** A router of one feature, of routes that {@link defineRoute} made. */
export const newRouter = (): Router => new FeatureRouter();

/** What a request passes ahead of its handler; throws where it may not. */
type Reception = (c: Context<AppEnv>) => Promise<void>;

type ReceivingRoute = ReturnType<typeof createRoute> & { readonly receive: Reception };

/**
 * Routes and documents as OpenAPIHono does, but each route is one handler with its reception: a chain of middleware for
 * parts of it costs an answer more than scoring it does.
 */
class FeatureRouter extends OpenAPIHono<AppEnv> {
  override openapi = ((route: ReceivingRoute, handler: Handler<AppEnv>) => {
    const { receive, ...documented } = route;
    this.openAPIRegistry.registerPath(documented);
    return this.on([route.method], [route.getRoutingPath()], async (c, next) => {
      await receive(c);
      return handler(c, next);
    });
  }) as unknown as OpenAPIHono<AppEnv>["openapi"];
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
 * One route as the contract has it: how it is called, who may call it, every status it answers. What holds callers to
 * `access` comes with it, ahead of validation, so that no route can be documented and not guarded.
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
    receive: reception(tokens, spec),
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

type ReceptionSpec = InputSpec & {
  method: string;
  access: Access;
  alsoAnswers?: Readonly<Record<string, string>>;
  file?: string;
  maxBodyBytes?: number;
};

/** The form of the reply, who calls, how long the body is, and what was sent, in this order. */
function reception(tokens: AccessTokens, spec: ReceptionSpec): Reception {
  const { method, access, alsoAnswers = {}, file, maxBodyBytes = BODY_LIMIT_BYTES } = spec;
  const checkAccept = acceptsJsonOr([...Object.keys(alsoAnswers), ...(file === undefined ? [] : [file])]);
  // What a GET carries means nothing (RFC 9110, 9.3.1): nobody reads it, however long it is.
  const limit = method === "get" ? undefined : bodyLimit(maxBodyBytes);
  const readInput = inputReader(spec);
  return async (c) => {
    checkAccept(c);
    await admitCaller(c, access, tokens);
    await limit?.(c);
    await readInput(c);
  };
}

type BodySpec = { body?: z.ZodType; bodyRequired?: boolean; textBody?: { type: string; example: string } };

function requestBody({ body, bodyRequired = true, textBody }: BodySpec) {
  if (!body && !textBody) return {};
  const content = { ...(body ? { [JSON_TYPE]: { schema: body } } : {}), ...(textBody ? textContent(textBody) : {}) };
  return { body: { required: bodyRequired, content } };
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
