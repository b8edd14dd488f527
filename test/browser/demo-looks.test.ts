import { mkdir } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { seriousFaults } from "./accessibility.ts";
import { lookOnAsTess, signInAsSam, studentSide } from "./demo-page.ts";
import { launchChromium, newWatchedPage } from "./watched-page.ts";

const baseUrl = inject("baseUrl");
/** Where the screenshots are put, to be looked at. */
const SHOTS = ".local/screenshots";

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
  await mkdir(SHOTS, { recursive: true });
});

afterAll(() => browser.close());

describe.each([
  [1280, "light"],
  [1280, "dark"],
  [390, "light"],
  [390, "dark"],
] as const)("at %i pixels, %s", (width, colorScheme) => {
  it("everybody can use it at every step, it fits, and asks nobody else for anything", async () => {
    const options = {
      viewport: { width, height: width === 390 ? 844 : 900 },
      colorScheme,
      reducedMotion: "reduce",
    } as const;
    const { page, faults } = await newWatchedPage(browser, baseUrl, options);
    const student = await studentSide(page);
    let steps = 0;

    async function look(name: string): Promise<void> {
      // What counts up or fades in has come to its end.
      await page.waitForTimeout(300);
      await page.screenshot({ path: `${SHOTS}/demo-${width}-${colorScheme}-${++steps}-${name}.png`, fullPage: true });
      expect({ name, faults: await seriousFaults(page) }).toEqual({ name, faults: [] });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    }
    const turnTo = async (side: "Student" | "Teacher") => {
      if (width === 390) await page.getByRole("button", { name: side, exact: true }).click();
    };

    await page.goto(`${baseUrl}/demo`);
    await look("welcome");
    await turnTo("Teacher");
    await look("welcome-teacher");
    await lookOnAsTess(page);
    await turnTo("Student");
    await signInAsSam(page);
    await look("skills");
    await student.choose("Divide whole numbers");
    await look("question");
    await student.answer(true);
    await look("right");
    await student.next();
    await student.answer(false);
    await look("wrong");
    await turnTo("Teacher");
    await look("class");
    await turnTo("Student");
    await student.next();
    await page.getByRole("button", { name: "Finish" }).click();
    await page.locator("#student .summary").waitFor();
    await look("summary");
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
