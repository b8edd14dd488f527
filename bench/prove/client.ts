/** One request as it is sent; `path` with its query. */
export type Sent = {
  readonly method: string;
  readonly path: string;
  readonly token?: string | undefined;
  /** Sent as JSON, but text as it is: its type is then in the headers. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** What came of it. Without any answer, `status` is 0 and `fault` says why. */
export type Heard = {
  readonly status: number;
  readonly ms: number;
  readonly headers: Headers;
  readonly text: string;
  /** How the reply breaks the conventions, in words. */
  readonly fault: string | undefined;
};

/** Nothing that is asked here may take so long: what does, hangs. */
const HANG_MS = 15_000;

let addresses = 0;

/** An address that no other caller of this process has, so that no limit is shared. */
export const newAddress = () => `2001:db8:${process.pid.toString(16)}:${(++addresses).toString(16)}::1`;

/** Sends it, from an address of its own unless a header says which; reads the reply whole. Never rejects. */
export async function send(baseUrl: string, { method, path, token, body, headers }: Sent): Promise<Heard> {
  const startedAt = performance.now();
  const took = () => performance.now() - startedAt;
  try {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      redirect: "manual",
      signal: AbortSignal.timeout(HANG_MS),
      headers: {
        "CF-Connecting-IP": newAddress(),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const ms = took();
    return { status: response.status, ms, headers: response.headers, text, fault: faultOf(response, path, text) };
  } catch (error) {
    const fault = `no answer: ${error instanceof Error ? error.message : String(error)}`;
    return { status: 0, ms: took(), headers: new Headers(), text: "", fault };
  }
}

/** The `data` of a reply that must be a success. */
export async function dataOf<Data>(heard: Promise<Heard>, what: string): Promise<Data> {
  const { status, text, fault } = await heard;
  if (status !== 200) throw new Error(`${what} answered ${fault ?? `${status} ${text.slice(0, 300)}`}`);
  // What the data looks like is the caller's knowledge, from the API's contract.
  return (JSON.parse(text) as { data: Data }).data;
}

/** What is sent as such, in no envelope. */
const FILES = ["application/pdf", "text/csv"];

/** How a reply breaks the conventions of every reply: the envelope, the request id, when to come again. */
function faultOf({ status, headers }: Response, path: string, text: string): string | undefined {
  const requestId = headers.get("X-Request-Id");
  if (!requestId) return "no X-Request-Id";
  if (status < 400 && FILES.some((type) => headers.get("Content-Type")?.startsWith(type))) return undefined;
  if (status < 400) return path.startsWith("/api/v1/") ? successFault(path, status, text) : undefined;
  if (headers.get("Content-Type") !== "application/json") return "an error that is not JSON";
  const body = parsed(text);
  const error = body?.error;
  const isEnvelope =
    hasJust(body, ["error", "request_id"]) &&
    hasJust(error, ["code", "message", "details"]) &&
    typeof error?.code === "string" &&
    typeof error.message === "string";
  if (!isEnvelope) return "an error outside the envelope";
  if (body?.request_id !== requestId) return "request_id is not X-Request-Id";
  const mayComeAgain = status === 503 || status === 429;
  if (mayComeAgain && !/^[1-9]\d*$/.test(headers.get("Retry-After") ?? "")) return `${status} without Retry-After`;
  return undefined;
}

function successFault(path: string, status: number, text: string): string | undefined {
  if (status !== 200 || path.startsWith("/api/v1/openapi.json")) return undefined;
  return hasJust(parsed(text), ["data", "meta"]) ? undefined : "a success outside the envelope";
}

type Members = { [name: string]: unknown; error?: Members };

function parsed(text: string): Members | undefined {
  try {
    return JSON.parse(text) as Members;
  } catch {
    return undefined;
  }
}

const hasJust = (value: Members | undefined, names: readonly string[]) =>
  typeof value === "object" && value !== null && Object.keys(value).every((name) => names.includes(name));
