import type { Context } from "hono";
import { ApiError } from "../http/errors.ts";

/** Everything that is served as a file, with its type: a static host that knows neither types nor ETags will do. */
const TYPES: Readonly<Record<string, string>> = {
  "favicon.svg": "image/svg+xml",
  "pages.css": "text/css; charset=utf-8",
  "swagger-init.js": "text/javascript; charset=utf-8",
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
  "swagger-ui-bundle.js.LICENSE.txt": "text/plain; charset=utf-8",
  "swagger-ui.css": "text/css; charset=utf-8",
};

export const ASSET_NAMES = Object.keys(TYPES);

/** Sends one of the pages' files; throws `not_found` for any other name. */
export async function sendAsset(c: Context, assets: Fetcher, name: string): Promise<Response> {
  const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  if (type === undefined) throw notThere();

  const ifNoneMatch = c.req.header("If-None-Match");
  const asset = await assets.fetch(new URL(`/${name}`, c.req.url), {
    headers: ifNoneMatch === undefined ? {} : { "If-None-Match": ifNoneMatch },
  });
  const etag = asset.headers.get("ETag");
  const headers = { "Cache-Control": "public, max-age=3600", ...(etag === null ? {} : { ETag: etag }) };
  if (asset.status === 304) return c.body(null, 304, headers);
  if (!asset.ok || asset.body === null) throw notThere();
  return c.body(asset.body, 200, { ...headers, "Content-Type": type });
}

const notThere = () => new ApiError("not_found", "There is no such file.");
