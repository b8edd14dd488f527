import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { isActorGone, isDependencyDown } from "../db/errors.ts";
import { describeForLog } from "./fault-log.ts";
import { log } from "./log.ts";
import { isOverloaded, isRetryable } from "./object-failure.ts";

/** Every error code a client can meet, with the status it has unless the error says otherwise. */
export const ERROR_STATUS = {
  validation_error: 422,
  no_questions_available: 400,
  unauthorized: 401,
  subscription_required: 402,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  not_acceptable: 406,
  conflict: 409,
  question_not_current: 409,
  already_answered: 409,
  session_finished: 409,
  idempotency_in_progress: 409,
  not_earned: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  idempotency_mismatch: 422,
  rate_limited: 429,
  internal_error: 500,
  service_unavailable: 503,
} as const satisfies Record<string, ContentfulStatusCode>;

export type ErrorCode = keyof typeof ERROR_STATUS;

// Object.keys() knows the keys only as strings.
export const ERROR_CODES = Object.keys(ERROR_STATUS) as ErrorCode[];

export type FieldFault = { path: string; message: string };

type Extras = {
  /** Overrides the code's own status: `validation_error` is 400 where a path id or an answer's form is at fault. */
  status?: ContentfulStatusCode;
  details?: unknown;
  headers?: Record<string, string>;
  /** Seconds after which to try again. */
  retryAfterSec?: number;
};

/** The one error that routes and use cases throw: it becomes the error envelope with its code's status. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly status: ContentfulStatusCode;
  readonly details: unknown;
  readonly headers: Record<string, string>;

  constructor(code: ErrorCode, message: string, extras: Extras = {}) {
    super(message);
    this.code = code;
    this.status = extras.status ?? ERROR_STATUS[code];
    this.details = extras.details;
    this.headers = { ...extras.headers };
    if (extras.retryAfterSec !== undefined) this.headers["Retry-After"] = String(extras.retryAfterSec);
  }
}

/** A dependency is down and the request cannot be served without it: 503, to be tried again in a few seconds. */
export const serviceUnavailable = (what: string, retryAfterSec = 5) =>
  new ApiError("service_unavailable", `${what} Try again in ${retryAfterSec} seconds.`, { retryAfterSec });

/** No route takes this path. */
export const noSuchPath = () =>
  new ApiError("not_found", "There is nothing at this path. GET /docs lists what there is.");

/** A part of a request that is well-formed and not right; each fault is named. */
export const notValid = (part: "body" | "path" | "query", details: readonly FieldFault[], status: 400 | 422 = 422) =>
  new ApiError("validation_error", `The ${part} is not valid: see details.`, { status, details });

/** A body that is not right by what takes more than its schema to know. */
export const badFields = (details: readonly FieldFault[], status: 400 | 422 = 422) => notValid("body", details, status);

/** The two challenges that a 401 comes with (RFC 6750, 3): for who has shown no token, and for one that is not good. */
const CHALLENGES = { noToken: "Bearer", badToken: 'Bearer error="invalid_token"' } as const;

/** 401, with its challenge. */
export const unauthorized = (message: string, challenge: keyof typeof CHALLENGES = "noToken") =>
  new ApiError("unauthorized", message, { headers: { "WWW-Authenticate": CHALLENGES[challenge] } });

/** The error envelope as a response; the request id is in the body and, set by its middleware, in the header. */
export function errorResponse(c: Context, error: ApiError): Response {
  const { code, message, details, status, headers } = error;
  const body = {
    error: { code, message, ...(details === undefined ? {} : { details }) },
    request_id: c.get("requestId"),
  };
  return c.json(body, status, headers);
}

/** Turns whatever was thrown into the envelope; what nobody foresaw is logged with the request id and says nothing. */
export function handleError(thrown: unknown, c: Context): Response {
  return errorResponse(c, toApiError(thrown, c));
}

function toApiError(thrown: unknown, c: Context): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (isActorGone(thrown)) return actorGone();
  if (isDependencyDown(thrown) || isRetryable(thrown) || isOverloaded(thrown)) {
    logFault("dependency_down", thrown, c);
    return serviceUnavailable("A service that this request needs does not answer.");
  }
  // workerd lets any Host pass, which RFC 9112, 3.2 refuses: it shows where something is made of the URL.
  if (!URL.canParse(c.req.url))
    return new ApiError("validation_error", "The Host header names no host.", { status: 400 });
  logFault("internal_error", thrown, c);
  return new ApiError("internal_error", "Something went wrong on our side. Quote the request id when you report it.");
}

const actorGone = () => unauthorized("This account is no active ADMIN any more. Sign in again.", "badToken");

function logFault(event: string, thrown: unknown, c: Context): void {
  const { method, path } = c.req;
  log("error", event, { method, path, error: describeForLog(thrown) });
}
