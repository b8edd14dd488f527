import type { z } from "zod";
import type { errorBody } from "../../../http/envelope.ts";

export type ApiRequest = {
  readonly method: "GET" | "POST";
  /** Below the API's base path, with its query. */
  readonly path: string;
  readonly body?: object;
  /** Names the request for good: however often it is sent, it counts once. */
  readonly key?: string;
  /** Whether it may outlive the page. */
  readonly keepalive?: boolean;
};

export type Failure =
  /** No reply at all: whether the request counted is not known. */
  | { readonly kind: "offline" }
  | {
      readonly kind: "refused";
      readonly status: number;
      readonly code: string;
      readonly message: string;
      readonly retryAfterSec: number | undefined;
    };

export type Reply<Data> =
  | { readonly ok: true; readonly data: Data; readonly total: number | undefined }
  | { readonly ok: false; readonly failure: Failure };

type ErrorBody = z.infer<typeof errorBody>;

const PATIENCE_MS = 15_000;

/** Sends one request to this origin's API. Never throws: what went wrong is in the reply. */
export async function send<Data>(request: ApiRequest, accessToken?: string): Promise<Reply<Data>> {
  const { method, path, body, key, keepalive = false } = request;
  const headers = {
    ...(body === undefined ? {} : { "Content-Type": "application/json" }),
    ...(key === undefined ? {} : { "Idempotency-Key": key }),
    ...(accessToken === undefined ? {} : { Authorization: `Bearer ${accessToken}` }),
  };
  try {
    const response = await fetch(`/api/v1${path}`, {
      method,
      headers,
      keepalive,
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return response.ok ? success<Data>(text) : { ok: false, failure: refusal(response, text) };
  } catch {
    return { ok: false, failure: { kind: "offline" } };
  }
}

/** What the data looks like is the caller's knowledge, from the API's schemas. */
function success<Data>(text: string): Reply<Data> {
  const { data, meta } = JSON.parse(text) as { data: Data; meta?: { total?: number } };
  return { ok: true, data, total: meta?.total };
}

function refusal(response: Response, text: string): Failure {
  const retryAfter = Number(response.headers.get("Retry-After") ?? Number.NaN);
  return {
    kind: "refused",
    status: response.status,
    ...errorIn(text),
    retryAfterSec: Number.isFinite(retryAfter) ? retryAfter : undefined,
  };
}

/** The envelope's error; whatever stands between may answer with something else. */
function errorIn(text: string): { code: string; message: string } {
  try {
    const { error } = JSON.parse(text) as ErrorBody;
    return { code: String(error.code), message: String(error.message) };
  } catch {
    return { code: "unknown", message: "The server gave an answer that this page does not understand." };
  }
}
