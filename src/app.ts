import type { Context } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import { adminRoutes } from "./admin/routes.ts";
import { jwksRoute } from "./auth/jwks.ts";
import { authRoutes } from "./auth/routes.ts";
import { awardsRoutes } from "./awards/routes.ts";
import { catalogRoutes } from "./catalog/routes.ts";
import { assignmentRoutes } from "./classrooms/assignments/routes.ts";
import { rosterRoutes } from "./classrooms/roster/routes.ts";
import { classroomRoutes } from "./classrooms/routes.ts";
import { ApiError, errorResponse, handleError, noSuchPath } from "./http/errors.ts";
import { everyRequest } from "./http/every-request.ts";
import { newRouter, type Router } from "./http/route.ts";
import { liveRoutes } from "./live/routes.ts";
import { OPENAPI_PATH, openApiDocument } from "./openapi.ts";
import { operationsRoutes } from "./operations/routes.ts";
import { pageRoutes } from "./pages/routes.ts";
import { practiceRoutes } from "./practice/routes.ts";
import { pdfRoutes } from "./reports/pdf/routes.ts";
import { reportRoutes } from "./reports/routes.ts";
import type { Services } from "./services.ts";

const API = "/api/v1";
const PRACTICE = `${API}/practice/`;

/** The whole product as one app: what every request passes, then the features. */
export function createApp(services: Services): Router {
  const app = emptyApp(services);
  app.route(API, authRoutes(services));
  app.route("/", jwksRoute(services));
  app.route(API, catalogRoutes(services));
  app.route(API, practiceRoutes(services));
  app.route(API, assignmentRoutes(services));
  app.route(API, reportRoutes(services));
  app.route(API, awardsRoutes(services));
  app.route(API, pdfRoutes(services));
  app.route(API, classroomRoutes(services));
  app.route(API, rosterRoutes(services));
  app.route(API, adminRoutes(services));
  app.route(API, liveRoutes(services));
  app.route("/", operationsRoutes(services));
  app.route("/", pageRoutes(services));
  app.get(OPENAPI_PATH, openApiDocument(app));
  return app;
}

/**
 * The product as the Worker serves it. Practice has an app of its own in front, alike but for the other features: its few
 * paths fit hono's fast router, which gives way to a slow one where `/questions/templates/{id}` and `/questions/{id}`
 * stand side by side, and every answer would pay for that.
 */
export function createServer(services: Services): { fetch(request: Request): Promise<Response> } {
  const practice = emptyApp(services);
  practice.route(API, practiceRoutes(services));
  const everything = createApp(services);
  return {
    async fetch(request) {
      const { url } = request;
      const isPractice = url.startsWith(PRACTICE, url.indexOf("/", "https://".length));
      return (isPractice ? practice : everything).fetch(request);
    },
  };
}

/** What every request passes, and what becomes of those that no route takes. */
function emptyApp(services: Services): Router {
  const app = newRouter();
  const notTaken = methodNotAllowed({ app, onMethodNotAllowed: refuseMethod });
  app.use(everyRequest(services.settings.CORS_ORIGINS, notTaken));
  app.onError((error, c) => handleError(error, c));
  app.notFound((c) => errorResponse(c, noSuchPath()));
  return app;
}

/** A path that is there, but not with this method. OPTIONS asks just for that list. */
function refuseMethod(c: Context, methods: string[]): Response {
  const allow = [...methods, "OPTIONS"].join(", ");
  if (c.req.method === "OPTIONS") return c.body(null, 204, { Allow: allow });
  const message = `${c.req.method} is not possible here. Allowed: ${allow}.`;
  return errorResponse(c, new ApiError("method_not_allowed", message, { headers: { Allow: allow } }));
}
