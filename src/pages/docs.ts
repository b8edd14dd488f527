import type { Context } from "hono";
import { html } from "hono/html";
import { masthead, sendPage } from "./page.ts";

/** Swagger UI on the OpenAPI document, all from this Worker: its script is an asset, as the policy allows no inline one. */
export function docs(c: Context) {
  return sendPage(c, {
    title: "Ascent: API docs",
    description: "Every route of Ascent's API, to read and to try.",
    styles: ["swagger-ui.css", "pages.css"],
    body: html`${masthead}
    <main class="docs">
      <div id="swagger-ui"></div>
      <noscript><p>This page needs JavaScript. The <a href="/api/v1/openapi.json">OpenAPI document</a> does not.</p></noscript>
    </main>
    <script src="/assets/swagger-ui-bundle.js"></script>
    <script src="/assets/swagger-init.js"></script>`,
  });
}
