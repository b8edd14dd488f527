import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import type { AccessTokens } from "./access-token.ts";
import type { Access, AuthVariables } from "./authentication.ts";
import { allow } from "./authentication.ts";
import { BODY_LIMIT_BYTES, limitBody } from "./body-limit.ts";
import { errorBody } from "./envelope.ts";
import { ApiError, ERROR_STATUS, type ErrorCode, type FieldFault } from "./errors.ts";
import { acceptsJson } from "./negotiation.ts";
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
  /** What the body may hold at most; 256 kB where nothing is said. */
  maxBodyBytes?: number;
  /** True where the reply carries an ETag, and a caller who has it already gets 304. */
  revalidated?: boolean;
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
    "x-access": access,
    middleware: [acceptsJson, allow(access, tokens), limitBody(spec.maxBodyBytes ?? BODY_LIMIT_BYTES)] as const,
    request: {
      ...(params ? { params } : {}),
      ...(query ? { query } : {}),
      ...(body
        ? { body: { required: spec.bodyRequired ?? true, content: { "application/json": { schema: body } } } }
        : {}),
    } as {
      params: I;
      query: Q;
      body: { required: true; content: { "application/json": { schema: B } } };
    },
    responses: {
      200: { description: "Success", content: { "application/json": { schema: response } } },
      ...(spec.revalidated ? NOT_MODIFIED : {}),
      ...errorResponses(spec),
    },
  });
}

const NOT_MODIFIED = { 304: { description: "The caller has it already, as `If-None-Match` said" } };

function securityOf(access: Access) {
  if (access === "anyone") return { security: [] };
  return { security: access === "guest" ? [{}, { bearerAuth: [] }] : [{ bearerAuth: [] }] };
}

function errorResponses(spec: {
  access: Access;
  params?: unknown;
  query?: unknown;
  body?: unknown;
  errors?: readonly ErrorCode[];
}) {
  const codes = new Map<number, Set<string>>();
  const add = (status: number, code: string) => codes.set(status, (codes.get(status) ?? new Set()).add(code));
  if (spec.access !== "anyone") add(401, "unauthorized");
  if (typeof spec.access !== "string") add(403, "forbidden");
  if (spec.params || spec.body) add(400, "validation_error");
  if (spec.query || spec.body) add(422, "validation_error");
  if (spec.body) {
    add(413, "payload_too_large");
    add(415, "unsupported_media_type");
  }
  add(406, "not_acceptable");
  add(500, "internal_error");
  for (const code of spec.errors ?? []) add(ERROR_STATUS[code], code);
  return Object.fromEntries(
    [...codes].map(([status, names]) => [
      status,
      { description: [...names].join(", "), content: { "application/json": { schema: errorBody } } },
    ]),
  );
}
