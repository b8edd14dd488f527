import { mkdir } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { newPerson, signIn } from "../../bench/prove/people.ts";
import { seriousFaults } from "./accessibility.ts";
import { launchChromium, newWatchedPage } from "./watched-page.ts";

const baseUrl = inject("baseUrl");
/** Where the screenshots are put, to be looked at. */
const SHOTS = ".local/screenshots";

let browser: Browser;
let code: string;
let revoked: string;

beforeAll(async () => {
  browser = await launchChromium();
  await mkdir(SHOTS, { recursive: true });
  const [{ user }, { access_token }] = await Promise.all([newPerson(baseUrl), signIn(baseUrl, "admin")]);
  const ask = async (method: string, path = "", body?: object) => {
    const response = await fetch(`${baseUrl}/api/v1/awards/certificates${path}`, {
      method,
      headers: { Authorization: `Bearer ${access_token}`, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify({ student_id: user.id, skill_id: 1, ...body }) }),
    });
    return ((await response.json()) as { data: { code: string } }).data;
  };
  ({ code } = await ask("POST", "", { type: "MASTERY" }));
  ({ code: revoked } = await ask("POST", "", { type: "EXCELLENCE" }));
  await ask("DELETE", `/${revoked}`);
});

afterAll(() => browser.close());

describe.each([
  [1280, "light"],
  [1280, "dark"],
  [390, "light"],
  [390, "dark"],
] as const)("the page that confirms a certificate, at %i pixels, %s", (width, colorScheme) => {
  it.each([
    { name: "genuine", says: "This certificate is genuine", statuses: [] },
    { name: "unknown", says: "There is no certificate with this code", statuses: [404] },
    { name: "revoked", says: "This certificate is no longer valid", statuses: [404] },
  ])("everybody can read it, it fits, and asks nobody else for anything: $name", async ({ name, says, statuses }) => {
    const { page, faults } = await newWatchedPage(browser, baseUrl, {
      viewport: { width, height: 844 },
      colorScheme,
    });
    await page.goto(`${baseUrl}/verify/${{ genuine: code, revoked }[name] ?? "nonsense"}`);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(says);
    await page.screenshot({ path: `${SHOTS}/verify-${name}-${width}-${colorScheme}.png`, fullPage: true });
    expect(await seriousFaults(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    // Chromium says in the console what a page's own status is.
    expect(faults.filter((fault) => !fault.startsWith("console: Failed to load resource"))).toEqual(
      statuses.map((status) => `${status}: ${page.url()}`),
    );
    await page.close();
  });
});
