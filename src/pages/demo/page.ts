import type { Context } from "hono";
import { html } from "hono/html";
import type { Services } from "../../services.ts";
import { builtFiles } from "../assets.ts";
import { masthead, sendPage } from "../page.ts";

/** The demo: a student practising on the left, their teacher's class on the right. The page's script fills both. */
export async function demo(c: Context, { settings, assets }: Pick<Services, "settings" | "assets">) {
  const { script, style } = await builtFiles(assets);
  return sendPage(c, {
    title: "Ascent: live demo",
    description: "A student practises, and their teacher's class moves with every answer.",
    styles: ["pages.css", style],
    body: html`${masthead}
    <main class="demo" id="demo" data-side="student" data-guests="${String(settings.PRACTICE_GUESTS)}">
      <div class="intro">
        <h1>One answer, two views</h1>
        <p>A student practises. Their teacher’s class moves with every answer.</p>
      </div>
      <div class="sides" role="group" aria-label="Which side to see">
        <button type="button" data-side="student" aria-pressed="true">Student</button>
        <button type="button" data-side="teacher" aria-pressed="false">Teacher</button>
      </div>
      <div class="panes">
        ${pane("student", "Student")}
        ${pane("teacher", "Teacher")}
      </div>
      <noscript><p class="notice">This page needs JavaScript. The <a href="/docs">API docs</a> tell what it calls.</p></noscript>
    </main>
    <script type="module" src="/assets/${script}"></script>`,
  });
}

function pane(id: string, title: string) {
  return html`<section class="pane" id="${id}" aria-labelledby="${id}-title">
          <div class="pane-head">
            <h2 id="${id}-title">${title}</h2>
            <div class="who" id="${id}-who"></div>
          </div>
          <div class="pane-body" id="${id}-body"></div>
          <p class="sr-only" role="status" id="${id}-news"></p>
        </section>`;
}
