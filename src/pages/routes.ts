import { newRouter, type Router } from "../http/route.ts";
import type { Services } from "../services.ts";
import { sendAsset } from "./assets.ts";
import { docs } from "./docs.ts";
import { home } from "./home.ts";

/** The pages for people, and the files that they load. */
export function pageRoutes({ settings, assets }: Services): Router {
  const router = newRouter();
  router.get("/", (c) => home(c, settings));
  router.get("/docs", (c) => docs(c));
  router.get("/assets/:name", (c) => sendAsset(c, assets, c.req.param("name")));
  // Browsers ask for this one by themselves where a reply is no page.
  router.get("/favicon.ico", (c) => sendAsset(c, assets, "favicon.svg"));
  return router;
}
