import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { launchChromium, newWatchedPage } from "./watched-page.ts";

const baseUrl = inject("baseUrl");

let browser: Browser;
let page: Page;
let faults: string[];

beforeAll(async () => {
  browser = await launchChromium();
});

afterAll(() => browser.close());

beforeEach(async () => {
  ({ page, faults } = await newWatchedPage(browser, baseUrl));
});

afterEach(() => page.close());

/** The block of an operation, opened. */
async function open(operation: string) {
  const block = page.locator(`[id$="-${operation}"].opblock`);
  await block.locator(".opblock-summary-control").click();
  return block;
}

/** Presses Execute and gives the status and body that Swagger UI shows. */
async function execute(operation: string) {
  const block = await open(operation);
  await block.getByRole("button", { name: "Execute" }).click();
  const reply = block.locator(".live-responses-table tr.response");
  const status = (await reply.locator(".response-col_status").textContent())?.trim();
  const body: unknown = JSON.parse((await reply.locator(".highlight-code code").first().textContent()) ?? "");
  return { status, body };
}

/** Opens the docs and waits until the operations are drawn. */
async function openDocs(): Promise<void> {
  await page.goto(`${baseUrl}/docs`, { waitUntil: "networkidle" });
  await page.locator(".opblock").first().waitFor();
}

async function tokenOf(email: string): Promise<string> {
  const response = await fetch(`${baseUrl}/api/v1/auth/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ email, password: "Password123!" }),
  });
  const { data } = (await response.json()) as { data: { access_token: string } };
  return data.access_token;
}

describe.each([1280, 390])("at %i pixels", (width) => {
  beforeEach(() => page.setViewportSize({ width, height: 900 }));

  it.each(["/", "/docs", "/demo"])("%s loads whole, from here alone, and fits", async (path) => {
    await page.goto(baseUrl + path, { waitUntil: "networkidle" });
    await page.locator("h1, h2, .opblock").first().waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    expect(faults).toEqual([]);
  });
});

// On one way through the docs: to draw them takes seconds each time.
it("the docs list every operation of the document; a call can be tried, and after authorising what needs a token", async () => {
  await openDocs();
  const document = (await (await fetch(`${baseUrl}/api/v1/openapi.json`)).json()) as { paths: Record<string, object> };
  const operations = Object.values(document.paths).flatMap((methods) => Object.keys(methods));
  expect(await page.locator(".opblock").count()).toBe(operations.length);
  expect(await execute("listSubjects")).toMatchObject({
    status: "200",
    body: { data: [{ id: 1, slug: "math" }, {}, {}, {}, {}] },
  });
  await page.locator(".auth-wrapper .btn.authorize").click();
  const dialog = page.locator(".dialog-ux");
  await dialog.locator("input").fill(await tokenOf("student@example.com"));
  await dialog.locator("button.authorize").click();
  await dialog.locator("button.btn-done").click();
  expect(await execute("getMe")).toMatchObject({ status: "200", body: { data: { email: "student@example.com" } } });
  expect(faults).toEqual([]);
});
