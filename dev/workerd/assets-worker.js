/** Stands in for Cloudflare's static assets: the files of a folder with their types, and 404 for all else. */
const TYPES = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  ico: "image/x-icon",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  map: "application/json",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  woff2: "font/woff2",
};

export default {
  async fetch(request, { FILES }) {
    if (request.method !== "GET" && request.method !== "HEAD") return new Response(null, { status: 405 });
    const file = await FILES.fetch(new Request(request.url, { method: request.method }));
    // A folder is listed as JSON, without a length.
    if (!file.ok || !file.headers.has("Content-Length")) {
      await file.body?.cancel();
      return new Response(null, { status: 404 });
    }
    const headers = new Headers(file.headers);
    const ending = new URL(request.url).pathname.split(".").at(-1);
    headers.set("Content-Type", TYPES[ending] ?? "application/octet-stream");
    headers.set("Cache-Control", "public, max-age=0, must-revalidate");
    return new Response(file.body, { headers });
  },
};
