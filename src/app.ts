import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { methodNotAllowed } from "hono/method-not-allowed";
import { requestId } from "hono/request-id";
import { secureHeaders } from "hono/secure-headers";
import { authRoutes } from "./auth/routes.ts";
import { ApiError, errorResponse, handleError } from "./http/errors.ts";
import { newRouter, type Router } from "./http/route.ts";
import type { Services } from "./services.ts";

const BODY_LIMIT_BYTES = 256 * 1024;

const EXPOSED_HEADERS = [
  "Retry-After",
  "RateLimit",
  "RateLimit-Policy",
  "X-Request-Id",
  "ETag",
  "Idempotent-Replayed",
  "Content-Disposition",
];

/** The whole product as one app: what every request passes, then the features. */
export function createApp(services: Services): Router {
  const { settings } = services;
  const app = newRouter();

  app.use(requestId());
  app.use(methodNotAllowed({ app, onMethodNotAllowed: (c, methods) => refuseMethod(c.req.method, methods, c) }));
  app.use(secureHeaders());
  app.use(cors({ origin: settings.CORS_ORIGINS, exposeHeaders: EXPOSED_HEADERS, maxAge: 86_400 }));
  app.use(
    bodyLimit({
      maxSize: BODY_LIMIT_BYTES,
      onError: () => {
        throw new ApiError("payload_too_large", `A body may have ${BODY_LIMIT_BYTES} bytes at most.`);
      },
    }),
  );
  app.onError((error, c) => handleError(error, c));
  app.notFound((c) =>
    errorResponse(c, new ApiError("not_found", "There is nothing at this path. GET /docs lists what there is.")),
  );

  app.route("/api/v1", authRoutes(services));
  return app;
}

function refuseMethod(method: string, allowed: string[], c: Parameters<typeof errorResponse>[0]): Response {
  const allow = allowed.join(", ");
  return errorResponse(
    c,
    new ApiError("method_not_allowed", `${method} is not possible here. Allowed: ${allow}.`, { headers: { Allow: allow } }),
  );
}
