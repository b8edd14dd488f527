import type { Context } from "hono";
import { html } from "hono/html";
import type { Settings } from "../env.ts";
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from "./demo-accounts.ts";
import { masthead, sendPage } from "./page.ts";

const LINKS = [
  { href: "/docs", title: "API docs", text: "Every route, to read and to try from this page." },
  { href: "/api/v1/openapi.json", title: "OpenAPI 3.1", text: "The same for programs: generate a client from it." },
  { href: "/health", title: "Health", text: "Whether this Worker answers." },
  { href: "/ready", title: "Ready", text: "Whether Postgres and Redis answer too." },
];

const PROMISES = [
  {
    title: "An answer takes one step",
    text: "Each student has a Durable Object that decides, writes and replies. No database stands in between.",
  },
  {
    title: "What was acknowledged stays",
    text: "An answer is on disk before its reply leaves, and reaches Postgres however often something fails on the way.",
  },
  {
    title: "The next question fits",
    text: "SmartScore moves with every answer, and so does the level of what is asked next.",
  },
];

/** The start page: what this is, where its documentation is, and how to try it. */
export function home(c: Context, settings: Settings) {
  return sendPage(c, {
    title: "Ascent: a backend for skills practice",
    description: "An open, edge-native backend for skills practice.",
    styles: ["pages.css"],
    body: html`${masthead}
    <main class="home">
      <section class="hero">
        <h1>Practice that climbs with the learner</h1>
        <p>Ascent is an open backend for skills practice: questions, answers and scores for students, and what came of
        them for their teachers. It runs on Cloudflare Workers.</p>
        <p class="actions">
          ${settings.DEMO_PAGE ? html`<a class="button" href="/demo">See it live</a>` : ""}
          <a class="button${settings.DEMO_PAGE ? " second" : ""}" href="/docs">Open the API docs</a>
        </p>
      </section>
      ${settings.PRACTICE_GUESTS ? guestExample(new URL(c.req.url).origin) : ""}
      ${settings.DEMO_PAGE ? demoAccounts() : ""}
      <section>
        <h2>How it works</h2>
        <ul class="cards">
          ${PROMISES.map(({ title, text }) => html`<li class="card"><h3>${title}</h3><p>${text}</p></li>`)}
        </ul>
      </section>
      <section>
        <h2>Where to go</h2>
        <ul class="cards">
          ${LINKS.map(
            ({ href, title, text }) =>
              html`<li class="card"><h3><a href="${href}">${title}</a></h3><p>${text}</p></li>`,
          )}
        </ul>
      </section>
    </main>`,
  });
}

function guestExample(origin: string) {
  const command = `curl -X POST ${origin}/api/v1/practice/sessions \\
  -H 'Content-Type: application/json' \\
  -d '{"skill_id": 1}'`;
  return html`<section>
    <h2>Try it without an account</h2>
    <p>Start practising as a guest. The reply holds the session and its first question:</p>
    <pre tabindex="0"><code>${command}</code></pre>
  </section>`;
}

function demoAccounts() {
  return html`<section>
    <h2>Demo accounts</h2>
    <p>Sign in with any of these at <code>POST /api/v1/auth/login</code>. The password of each is
    <code>${DEMO_PASSWORD}</code>.</p>
    <div class="table" tabindex="0"><table>
      <thead><tr><th scope="col">E-mail</th><th scope="col">Who</th></tr></thead>
      <tbody>
        ${DEMO_ACCOUNTS.map(
          ({ email, role, can }) => html`<tr><td><code>${email}</code></td><td>${role}: ${can}</td></tr>`,
        )}
      </tbody>
    </table></div>
  </section>`;
}
