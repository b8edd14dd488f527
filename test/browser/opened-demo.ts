import { inject, test } from "vitest";
import { studentSide } from "./demo-page.ts";
import { launchChromium, newWatchedPage } from "./watched-page.ts";

export const WIDE = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** A test that has the demo page before it, opened for it alone: `page`, its `faults`, and its `student` side. */
export const it = test
  .extend("baseUrl", { scope: "file" }, () => inject("baseUrl"))
  .extend("browser", { scope: "file" }, async ({ baseUrl: _ }, { onCleanup }) => {
    const browser = await launchChromium();
    onCleanup(() => browser.close());
    return browser;
  })
  .extend("viewport", WIDE)
  .extend("opened", async ({ baseUrl, browser, viewport }, { onCleanup }) => {
    const { page, faults } = await newWatchedPage(browser, baseUrl, { viewport });
    onCleanup(() => page.context().close());
    const student = await studentSide(page);
    await page.goto(`${baseUrl}/demo`);
    return { page, faults, student };
  })
  .extend("page", ({ opened }) => opened.page)
  .extend("faults", ({ opened }) => opened.faults)
  .extend("student", ({ opened }) => opened.student);
