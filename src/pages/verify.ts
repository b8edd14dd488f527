import type { Context } from "hono";
import { html } from "hono/html";
import { keptCode } from "../awards/certificate-code.ts";
import { type Confirmed, confirmCertificate } from "../awards/confirm-certificate.ts";
import { addressOf, admit } from "../http/admission.ts";
import { ApiError } from "../http/errors.ts";
import type { Services } from "../services.ts";
import { sendPage } from "./page.ts";

/** It loads a style sheet and an icon, and is for who has the code, not for search engines. */
const HEADERS = {
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "X-Robots-Tag": "noindex, nofollow, noarchive",
};

/**
 * The page that confirms a certificate to whoever has its code: the name as printed, the skill and the day, and nothing
 * else. 404 for a code that there is none of, and for one that was taken back, of which the page says only that; who does
 * not ask for HTML, as browsers do, gets the error as any other.
 */
export async function verify(c: Context, services: Services, typed: string) {
  await admit(c, [services.limits.verifyAddress.check(addressOf(c))]);
  const code = keptCode(typed);
  const confirmed = code === undefined ? undefined : await confirmCertificate(services, code);
  if (confirmed === undefined) return sendNotFound(c, UNKNOWN);
  return confirmed === "revoked" ? sendNotFound(c, REVOKED) : sendConfirmed(c, confirmed);
}

/** As the certificate has it; a day has no time of day that could move it. */
const inWords = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

function sendConfirmed(c: Context, { studentName, skillTitle, day }: Confirmed) {
  return sendPage(c, {
    title: "Ascent: a genuine certificate",
    description: "This page confirms a certificate of Ascent.",
    styles: ["pages.css"],
    headers: HEADERS,
    body: html`${brand}
    <main class="verify">
      <article class="card">
        <svg class="seal" viewBox="0 0 24 24" width="44" height="44" aria-hidden="true"><path d="M5 12.5l4.8 4.8L19 8"/></svg>
        <h1>This certificate is genuine</h1>
        <dl>
          <dt>Name</dt>
          <dd class="name" dir="auto">${studentName}</dd>
          <dt>Skill</dt>
          <dd dir="auto">${skillTitle}</dd>
          <dt>Date</dt>
          <dd><time datetime="${day}">${inWords.format(new Date(day))}</time></dd>
        </dl>
      </article>
      <p class="note">Compare the name and the skill with what is printed.</p>
    </main>`,
  });
}

const UNKNOWN = {
  title: "Ascent: no such certificate",
  heading: "There is no certificate with this code",
  text:
    "Check it against the print: it is 20 characters long, digits and the letters A to F. Dashes and capitals do not " +
    "matter. If it is the same, the certificate is not genuine or is no longer valid.",
};

const REVOKED = {
  title: "Ascent: a certificate that is no longer valid",
  heading: "This certificate is no longer valid",
  text: "It was taken back after it had been made.",
};

function sendNotFound(c: Context, { title, heading, text }: typeof UNKNOWN) {
  if (!c.req.header("Accept")?.includes("text/html")) throw new ApiError("not_found", `${heading}. ${text}`);
  return sendPage(c, {
    title,
    description: "This page confirms certificates of Ascent.",
    styles: ["pages.css"],
    status: 404,
    headers: HEADERS,
    body: html`${brand}
    <main class="verify">
      <article class="card">
        <h1>${heading}</h1>
        <p>${text}</p>
      </article>
    </main>`,
  });
}

/** No links to follow: who checks a certificate has no use for the API. */
const brand = html`<header class="masthead">
  <a class="brand" href="/"><img src="/assets/favicon.svg" alt="" width="28" height="28"> Ascent</a>
</header>`;
