import type { Context, MiddlewareHandler } from "hono";
import { cors } from "hono/cors";

/** What browsers are told about every response, unless a page says it itself: OWASP's secure headers for an API. */
const UNLESS_SAID: readonly (readonly [string, string])[] = [
  // Anything that is no page may load nothing.
  ["Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"],
  // Replies are about somebody, or about now: no cache keeps one that does not say that it may.
  ["Cache-Control", "no-store"],
];

const ALWAYS: readonly (readonly [string, string])[] = [
  ["Strict-Transport-Security", "max-age=31536000; includeSubDomains"],
  ["X-Content-Type-Options", "nosniff"],
  ["X-Frame-Options", "DENY"],
  ["Referrer-Policy", "no-referrer"],
  ["Cross-Origin-Opener-Policy", "same-origin"],
  ["Cross-Origin-Resource-Policy", "same-origin"],
];

const EXPOSED = [
  "Retry-After",
  "RateLimit",
  "RateLimit-Policy",
  "X-Request-Id",
  "ETag",
  "Idempotent-Replayed",
  "Content-Disposition",
];

const PREFLIGHT_LIFETIME_SEC = 86_400;

/**
 * Puts on every response what browsers are to know, and lets pages of these origins (`*`: of any) read it, never with
 * cookies: tokens travel in a header. It answers preflights; an OPTIONS request that is none of a browser's goes on and
 * is told what the path allows. In one place and after the handler, as a header that is set before it, or by each of
 * several middlewares, costs as much as the rest of a short request.
 */
export function dressed(origins: readonly string[]): MiddlewareHandler {
  const anyOrigin = origins.includes("*");
  const exposed = EXPOSED.join(",");
  const preflight = cors({
    origin: anyOrigin ? "*" : [...origins],
    allowMethods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
    exposeHeaders: EXPOSED,
    maxAge: PREFLIGHT_LIFETIME_SEC,
  });
  return async (c, next) => {
    if (isPreflight(c)) {
      const answer = await preflight(c, next);
      if (answer) c.res = answer;
    } else {
      await next();
      const { headers } = c.res;
      const origin = anyOrigin ? "*" : originIn(origins, c);
      if (!anyOrigin) headers.append("Vary", "Origin");
      if (origin !== undefined) {
        headers.set("Access-Control-Allow-Origin", origin);
        headers.set("Access-Control-Expose-Headers", exposed);
      }
    }
    const { headers } = c.res;
    // A reply that streams is made without what was prepared for it.
    if (!headers.has("X-Request-Id")) headers.set("X-Request-Id", c.get("requestId"));
    for (const [name, value] of ALWAYS) headers.set(name, value);
    for (const [name, value] of UNLESS_SAID) if (!headers.has(name)) headers.set(name, value);
  };
}

function originIn(origins: readonly string[], c: Context): string | undefined {
  const origin = c.req.header("Origin");
  return origin !== undefined && origins.includes(origin) ? origin : undefined;
}

function isPreflight(c: Context): boolean {
  return c.req.method === "OPTIONS" && c.req.header("Access-Control-Request-Method") !== undefined;
}
