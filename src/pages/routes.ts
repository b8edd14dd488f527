import { newRouter, type Router } from "../http/route.ts";
import type { Services } from "../services.ts";
import { sendAsset } from "./assets.ts";
import { demo } from "./demo/page.ts";
import { docs } from "./docs.ts";
import { home } from "./home.ts";
import { verify } from "./verify.ts";

/** The pages for people, and the files that they load. */
export function pageRoutes(services: Services): Router {
  const { settings, assets } = services;
  const router = newRouter();
  router.get("/", (c) => home(c, settings));
  router.get("/docs", (c) => docs(c));
  if (settings.DEMO_PAGE) router.get("/demo", (c) => demo(c, { settings, assets }));
  router.get("/verify/:code", (c) => verify(c, services, c.req.param("code")));
  router.get("/assets/:name", (c) => sendAsset(c, assets, c.req.param("name")));
  // Browsers ask for this one by themselves where a reply is no page.
  router.get("/favicon.ico", (c) => sendAsset(c, assets, "favicon.svg"));
  return router;
}
