import { mkdir } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { seriousFaults } from "./accessibility.ts";
import { lookOnAsTess, signInAsSam, studentSide } from "./demo-page.ts";
import { PHONE, WIDE } from "./opened-demo.ts";
import { playClass, playedStudent } from "./played-class.ts";
import { launchChromium, newWatchedPage } from "./watched-page.ts";

const baseUrl = inject("baseUrl");
/** Where the screenshots are put, to be looked at. */
const SHOTS = ".local/screenshots";

/** A class with somebody in every state. */
const score = (smartscore: number, correct: number, incorrect: number) =>
  ({ smartscore, correct, incorrect, questions_answered: correct + incorrect }) as const;
const amira = playedStudent("Amira Haddad", { ...score(96, 31, 2), zone: "CHALLENGE" });
const ben = playedStudent("Ben Okafor", { ...score(12, 3, 9), status: "NEEDS_HELP" });
const CLASS = [
  amira,
  ben,
  playedStudent("Chloé Anne-Sophie de la Fontaine-Beauregard", {
    ...score(78, 14, 1),
    zone: "REFINING",
    status: "IDLE",
    skill_id: 3,
  }),
  playedStudent("Diego Fernández", {
    status: "OFFLINE",
    session_id: null,
    skill_id: null,
    smartscore: null,
    zone: null,
    last_activity_at: null,
  }),
  playedStudent("Mei-Ling Chen", { ...score(100, 28, 0), zone: "CHALLENGE", status: "OFFLINE" }),
  playedStudent("Priya Nair"),
];

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
  await mkdir(SHOTS, { recursive: true });
});

afterAll(() => browser.close());

describe.each([
  [WIDE.width, WIDE],
  [PHONE.width, PHONE],
] as const)("at %i pixels, light and dark", (width, viewport) => {
  it("everybody can use it at every step, it fits, and asks nobody else for anything", async () => {
    const options = { viewport, reducedMotion: "reduce" } as const;
    const { page, faults } = await newWatchedPage(browser, baseUrl, options);
    const student = await studentSide(page);
    let steps = 0;

    async function look(name: string): Promise<void> {
      // What counts up or fades in has come to its end.
      await page.waitForTimeout(300);
      steps += 1;
      for (const colorScheme of ["dark", "light"] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `${SHOTS}/demo-${width}-${colorScheme}-${steps}-${name}.png`, fullPage: true });
        const faults = await seriousFaults(page);
        expect({ name, colorScheme, faults }).toEqual({ name, colorScheme, faults: [] });
      }
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    }
    const turnTo = async (side: "Student" | "Teacher") => {
      if (viewport === PHONE) await page.getByRole("button", { name: side, exact: true }).click();
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

    const played = await playClass(page, CLASS);
    await page.reload();
    await page.locator("#teacher .live-state", { hasText: /^Live$/ }).waitFor({ state: "attached" });
    played.tell({ ...ben, ...score(11, 3, 10) });
    played.tell({ ...amira, ...score(97, 32, 2) });
    await turnTo("Teacher");
    await page.locator("#teacher .feed li").nth(1).waitFor();
    await look("states");
    await played.cut(1011);
    await look("lost");
    await page.locator("#teacher").getByRole("button", { name: "Sign out" }).click();
    await page.locator("#teacher").getByText("Use another account").click();
    await look("other-account");
    await page.context().close();
  });
});
