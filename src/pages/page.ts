import type { Context } from "hono";
import { html } from "hono/html";

/** Pages load what this Worker serves and nothing else; Swagger UI's style sheet has its icons as data: URLs. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

type Html = ReturnType<typeof html>;

type Page = {
  readonly title: string;
  readonly description: string;
  readonly styles: readonly string[];
  readonly body: Html;
  readonly status?: 200 | 404;
  /** Over those that every page has. */
  readonly headers?: Readonly<Record<string, string>>;
};

/** One HTML page, under a policy that allows no inline script or style. */
export function sendPage(c: Context, { title, description, styles, body, status = 200, headers = {} }: Page) {
  const document = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="description" content="${description}">
    <title>${title}</title>
    <link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
    ${styles.map((name) => html`<link rel="stylesheet" href="/assets/${name}">`)}
  </head>
  <body>
    ${body}
  </body>
</html>
`;
  return c.html(document, status, { "Content-Security-Policy": POLICY, ...headers });
}

/** The bar on top of every page. */
export const masthead = html`<header class="masthead">
  <a class="brand" href="/"><img src="/assets/favicon.svg" alt="" width="28" height="28"> Ascent</a>
  <nav><a href="/docs">API docs</a> <a href="/api/v1/openapi.json">OpenAPI</a></nav>
</header>`;
