import type { Context, MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import { secureHeaders } from "hono/secure-headers";

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

/** What browsers are told about every response. A page sets the policy that it needs; anything else may load nothing. */
export const secured: MiddlewareHandler = secureHeaders({
  overwrite: false,
  contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  strictTransportSecurity: "max-age=31536000; includeSubDomains",
  xFrameOptions: "DENY",
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
});

/** Replies are about somebody, or about now: no cache keeps one that does not say that it may. */
export const uncachedUnlessSaid: MiddlewareHandler = async (c, next) => {
  await next();
  if (!c.res.headers.has("Cache-Control")) c.res.headers.set("Cache-Control", "no-store");
};

/**
 * Lets pages of these origins (`*`: of any) read our responses, never with cookies: tokens travel in a header. It
 * answers preflights; an OPTIONS request that is none of a browser's goes on and is told what the path allows.
 */
export function crossOrigin(origins: readonly string[]): MiddlewareHandler {
  const allowing = cors({
    origin: origins.includes("*") ? "*" : [...origins],
    allowMethods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
    exposeHeaders: EXPOSED,
    maxAge: PREFLIGHT_LIFETIME_SEC,
  });
  return async (c, next) => {
    if (isPreflight(c)) return allowing(c, next);
    await next();
    // After the handler: a header set before it would make hono build the response twice.
    if (c.req.method !== "OPTIONS") await allowing(c, async () => {});
  };
}

function isPreflight(c: Context): boolean {
  return c.req.method === "OPTIONS" && c.req.header("Access-Control-Request-Method") !== undefined;
}
