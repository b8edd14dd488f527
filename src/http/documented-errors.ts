import type { Access } from "./authentication.ts";
import { type ResponseHeader, responseHeaders } from "./documented-headers.ts";
import { errorBody } from "./envelope.ts";
import { ERROR_STATUS, type ErrorCode } from "./errors.ts";

type Failing = {
  method: string;
  access: Access;
  params?: unknown;
  query?: unknown;
  body?: unknown;
  creates?: boolean;
  /** What can go wrong beyond what the access, the params, the query and the body imply. */
  errors?: readonly ErrorCode[];
};

/** The error responses of a route as the OpenAPI document has them: each status, with an example of each of its codes. */
export function errorResponses(spec: Failing) {
  const codes = new Map<number, Set<ErrorCode>>();
  const add = (status: number, code: ErrorCode) => codes.set(status, (codes.get(status) ?? new Set()).add(code));
  if (spec.access !== "anyone") add(401, "unauthorized");
  if (typeof spec.access !== "string") add(403, "forbidden");
  if (spec.params || spec.body) add(400, "validation_error");
  if (spec.query || spec.body) add(422, "validation_error");
  // The length of any body is looked at, of one that nobody reads too.
  if (spec.method !== "get") add(413, "payload_too_large");
  if (spec.body) add(415, "unsupported_media_type");
  if (spec.creates) add(409, "idempotency_in_progress");
  add(406, "not_acceptable");
  add(500, "internal_error");
  for (const code of spec.errors ?? []) add(ERROR_STATUS[code], code);
  return Object.fromEntries([...codes].map(([status, names]) => [status, errorResponse(status, [...names])]));
}

/** One status, with an example of each of its codes. */
export function errorResponse(status: number, codes: readonly ErrorCode[]) {
  const examples = Object.fromEntries(codes.map((code) => [code, { value: exampleOf(status, code) }]));
  return {
    description: codes.map((code) => `\`${code}\`: ${SAID[code]}`).join(" "),
    headers: responseHeaders(HEADERS[status]),
    content: { "application/json": { schema: errorBody, examples } },
  };
}

/** What comes with an error of this status. */
const HEADERS: Partial<Record<number, readonly ResponseHeader[]>> = {
  401: ["WWW-Authenticate"],
  429: ["Retry-After", "RateLimit", "RateLimit-Policy"],
  503: ["Retry-After"],
};

function exampleOf(status: number, code: ErrorCode) {
  const details = code === "validation_error" && status === 422 ? { details: EXAMPLE_FAULTS } : {};
  return { error: { code, message: SAID[code], ...details }, request_id: "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001" };
}

const EXAMPLE_FAULTS = [{ path: "skill_id", message: "Invalid input: expected number, received undefined" }];

/** What each code says to who meets it, in general. */
const SAID: Readonly<Record<ErrorCode, string>> = {
  validation_error: "What was sent is not valid.",
  no_questions_available: "This skill has no questions yet.",
  unauthorized: "Sign in first, or again.",
  subscription_required: "The limit of the guest or of the free plan is used up.",
  forbidden: "You may not do this.",
  not_found: "There is no such thing, or none that you may see.",
  method_not_allowed: "This method is not possible here.",
  not_acceptable: "This route answers application/json only.",
  conflict: "This does not go with what there is already.",
  question_not_current: "This is not the session's current question.",
  already_answered: "This question has been answered in this session.",
  session_finished: "This session is finished. Start a new one to go on.",
  idempotency_in_progress: "The first request with this Idempotency-Key is still under way.",
  not_earned: "The score that this takes has not been reached.",
  payload_too_large: "The body is too large.",
  unsupported_media_type: "Send the body as application/json, with that Content-Type.",
  idempotency_mismatch: "This Idempotency-Key came with another body before.",
  rate_limited: "Too many attempts. Try again in 30 seconds.",
  internal_error: "Something went wrong on our side. Quote the request id when you report it.",
  service_unavailable: "A service that this request needs does not answer. Try again in 5 seconds.",
};
