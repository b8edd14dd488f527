import { dataOf, ok } from "../http/envelope.ts";
import { ApiError } from "../http/errors.ts";
import { defineRoute, newRouter, type Router } from "../http/route.ts";
import { z } from "../http/zod.ts";
import type { Services } from "../services.ts";
import { checkReadiness } from "./check-readiness.ts";

const RETRY_AFTER_SEC = 5;

const health = z.object({ status: z.literal("ok") }).openapi("Health");
const readiness = z.object({ postgres: z.literal("up"), redis: z.literal("up") }).openapi("Readiness");

/** What load balancers and people on call ask. */
export function operationsRoutes(services: Services): Router {
  const router = newRouter();

  const healthRoute = defineRoute(services.tokens, {
    method: "get",
    path: "/health",
    operationId: "checkHealth",
    tags: ["Operations"],
    summary: "Whether the Worker answers; nothing else is asked",
    access: "anyone",
    response: dataOf(health),
  });
  router.openapi(healthRoute, (c) => ok(c, { status: "ok" as const }));

  const readyRoute = defineRoute(services.tokens, {
    method: "get",
    path: "/ready",
    operationId: "checkReadiness",
    tags: ["Operations"],
    summary: "Whether Postgres and Redis answer, within 2 and 0.4 seconds",
    description: "503 says in `details` which one is down.",
    access: "anyone",
    response: dataOf(readiness),
    errors: ["service_unavailable"],
  });
  router.openapi(readyRoute, async (c) => {
    const { postgres, redis } = await checkReadiness(services);
    if (postgres === "up" && redis === "up") return ok(c, { postgres, redis });
    throw new ApiError("service_unavailable", "Not ready: see details for what is down.", {
      details: { postgres, redis },
      retryAfterSec: RETRY_AFTER_SEC,
    });
  });

  return router;
}
