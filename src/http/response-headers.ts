import type { Context } from "hono";
import { cors } from "hono/cors";
import type { AuthVariables } from "./authentication.ts";

type Headings = readonly (readonly [string, string])[];

/** What browsers are told about every response, unless a page says it itself: OWASP's secure headers for an API. */
const UNLESS_SAID: Headings = [
  // Anything that is no page may load nothing.
  ["Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"],
  // Replies are about somebody, or about now: no cache keeps one that does not say that it may.
  ["Cache-Control", "no-store"],
];

const ALWAYS: Headings = [
  ["Strict-Transport-Security", "max-age=31536000; includeSubDomains"],
  ["X-Content-Type-Options", "nosniff"],
  ["X-Frame-Options", "DENY"],
];

/** What matters of whatever a browser may show or embed, which JSON is not: each header costs an answer a little. */
const UNLESS_JSON: Headings = [
  ["Referrer-Policy", "no-referrer"],
  ["Cross-Origin-Opener-Policy", "same-origin"],
  ["Cross-Origin-Resource-Policy", "same-origin"],
];

const EXPOSE = "Access-Control-Expose-Headers";
const EXPOSED = [
  "Retry-After",
  "RateLimit",
  "RateLimit-Policy",
  "X-Request-Id",
  "ETag",
  "Idempotent-Replayed",
  "Content-Disposition",
].join(",");

const PREFLIGHT_LIFETIME_SEC = 86_400;

/** The headers of a JSON reply that is sent as text, ready made: each that is set afterwards costs a call into the runtime. */
export const JSON_HEADERS = new Headers({
  ...Object.fromEntries([...ALWAYS, ...UNLESS_SAID]),
  [EXPOSE]: EXPOSED,
  "Content-Type": "application/json",
});

type DressedContext = Context<{ Variables: AuthVariables }>;

export type Dresser = {
  /** The answer to a browser's preflight; undefined for any other request, an OPTIONS that is none too. */
  preflight(c: Context): Promise<Response> | undefined;
  /** Puts on the reply what browsers are to know, its request's id, and leave for pages to read it. */
  dress(c: DressedContext, requestId: string): void;
};

/** Lets pages of these origins (`*`: of any) read replies, never with cookies: tokens travel in a header. */
export function dresser(origins: readonly string[]): Dresser {
  const anyOrigin = origins.includes("*");
  const answerPreflight = cors({
    origin: anyOrigin ? "*" : [...origins],
    allowMethods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
    maxAge: PREFLIGHT_LIFETIME_SEC,
  });

  function admitOrigin(c: Context, headers: Headers): void {
    const origin = anyOrigin ? "*" : originIn(origins, c);
    if (!anyOrigin) headers.append("Vary", "Origin");
    if (origin === undefined) return;
    headers.set("Access-Control-Allow-Origin", origin);
  }

  return {
    preflight: (c) =>
      isPreflight(c) ? answerPreflight(c, nothing).then((answer) => answer ?? c.body(null, 204)) : undefined,
    dress: (c, requestId) => {
      const { headers } = c.res;
      if (!isPreflight(c)) admitOrigin(c, headers);
      headers.set("X-Request-Id", requestId);
      for (const [name, value] of c.get("replyHeaders") ?? []) headers.set(name, value);
      if (isReadyMade(headers)) return;
      headers.set(EXPOSE, EXPOSED);
      for (const [name, value] of ALWAYS) headers.set(name, value);
      if (!headers.get("Content-Type")?.startsWith("application/json")) {
        for (const [name, value] of UNLESS_JSON) headers.set(name, value);
      }
      for (const [name, value] of UNLESS_SAID) if (!headers.has(name)) headers.set(name, value);
    },
  };
}

/** Whether they are {@link JSON_HEADERS}. */
const isReadyMade = (headers: Headers) => headers.has(EXPOSE);

const nothing = async () => {};

function originIn(origins: readonly string[], c: Context): string | undefined {
  const origin = c.req.header("Origin");
  return origin !== undefined && origins.includes(origin) ? origin : undefined;
}

function isPreflight(c: Context): boolean {
  return c.req.method === "OPTIONS" && c.req.header("Access-Control-Request-Method") !== undefined;
}
