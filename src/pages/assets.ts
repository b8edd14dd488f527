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

/** What the build makes of the demo page's modules: a change gives a file another name. */
const BUILT = /^demo-[A-Z0-9]{8}\.(css|js)$/;
const BUILT_TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
};
/** Where the build wrote which names it gave. */
const BUILT_NAMES = "demo.json";

/** The binding takes a whole URL and looks at its path alone; the caller's host need not be one that a URL can have. */
const ORIGIN = "https://assets.invalid";

const FOR_AN_HOUR = "public, max-age=3600";
const FOR_GOOD = "public, max-age=31536000, immutable";

/** Sends one of the pages' files; throws `not_found` for any other name. */
export async function sendAsset(c: Context, assets: Fetcher, name: string): Promise<Response> {
  const ending = BUILT.exec(name)?.[1];
  const type = ending !== undefined ? BUILT_TYPES[ending] : Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  if (type === undefined) throw notThere();

  const ifNoneMatch = c.req.header("If-None-Match");
  const asset = await assets.fetch(`${ORIGIN}/${name}`, {
    headers: ifNoneMatch === undefined ? {} : { "If-None-Match": ifNoneMatch },
  });
  const etag = asset.headers.get("ETag");
  const lifetime = ending === undefined ? FOR_AN_HOUR : FOR_GOOD;
  const headers = { "Cache-Control": lifetime, ...(etag === null ? {} : { ETag: etag }) };
  if (asset.status === 304) return c.body(null, 304, headers);
  if (!asset.ok || asset.body === null) throw notThere();
  return c.body(asset.body, 200, { ...headers, "Content-Type": type });
}

/** The names of the demo page's script and style sheet; throws `not_found` where the build did not make them. */
export async function builtFiles(assets: Fetcher): Promise<{ script: string; style: string }> {
  const reply = await assets.fetch(`${ORIGIN}/${BUILT_NAMES}`);
  if (!reply.ok) throw notThere();
  // The build writes just this.
  return reply.json<{ script: string; style: string }>();
}

const notThere = () => new ApiError("not_found", "There is no such file.");
