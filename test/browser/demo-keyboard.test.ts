import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { rightAnswer } from "../../dev/demo/answers.ts";
import { newClass, newPupil, newTeacher } from "./accounts.ts";
import type { StudentSide } from "./demo-page.ts";
import { it, PHONE } from "./opened-demo.ts";

/** Presses Tab until what has the focus says so; it must be seen to have it. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    if (!name.test(await focused(page))) continue;
    expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).not.toBe("none");
    return;
  }
  throw new Error(`Tab does not come to ${name}.`);
}

/** What stands on what has the focus, or beside it. */
const focused = (page: Page) =>
  page.evaluate<string>(`{
    const { activeElement: one } = document;
    (one?.labels?.[0]?.innerText || one?.innerText || one?.value || "").trim();
  }`);

/** Fills in the right answer from where the focus is. */
async function type(page: Page, student: StudentSide): Promise<void> {
  const question = await student.asked();
  const answer = rightAnswer(question);
  const letters =
    question.type === "MCQ" ? [answer.choice] : question.type === "MULTI_SELECT" ? answer.choices : undefined;
  if (Array.isArray(letters)) for (const letter of letters) await page.keyboard.press(String(letter).toLowerCase());
  else await page.keyboard.type(String(answer.value ?? answer.text));
}

/** From before its beginning, by the form of the side that Tab comes to after `passing`. */
async function signIn(page: Page, passing: RegExp, name: string, password: string): Promise<void> {
  await tabTo(page, passing);
  await tabTo(page, /^Use another account$/);
  await page.keyboard.press("Enter");
  await tabTo(page, /^E-mail or user name$/);
  await page.keyboard.type(name);
  await tabTo(page, /^Password$/);
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
}

describe("by keyboard alone", () => {
  it("a guest signs in, chooses a skill, answers, goes on, skips and finishes", async ({ page, student }) => {
    await tabTo(page, /^Try as a guest$/);
    await page.keyboard.press("Enter");
    await page.locator("#student .skill").first().waitFor();
    await tabTo(page, /Divide whole numbers/);
    await page.keyboard.press("Enter");
    await page.locator("#student form.answer").waitFor();
    for (let count = 1; count <= 4; count++) {
      expect(await page.evaluate("document.activeElement.closest('form.answer') !== null")).toBe(true);
      await type(page, student);
      await page.keyboard.press("Enter");
      await page.locator("#student .feedback").waitFor();
      expect(await page.locator("#student .feedback-title").textContent()).toBe("Right!");
      expect(await focused(page)).toBe("Next question");
      await page.keyboard.press("Enter");
      await page.locator("#student .feedback").waitFor({ state: "detached" });
    }
    await tabTo(page, /^Skip$/);
    await page.keyboard.press("Enter");
    await tabTo(page, /^Finish$/);
    await page.keyboard.press("Enter");
    await page.locator("#student .summary").waitFor();
    expect(await focused(page)).toBe("Well practised.");
    await tabTo(page, /^Choose another skill$/);
  });

  it("a teacher signs in, chooses a class, starts a simulation and stops it", async ({ page, baseUrl }) => {
    const teacher = await newTeacher(baseUrl);
    await newClass(baseUrl, teacher, "Room 1");
    const second = await newClass(baseUrl, teacher, "Room 2");
    await signIn(page, /^Look on as Tess Teacher$/, teacher.email, teacher.password);
    await page.getByLabel("Class").waitFor();
    await expect.poll(() => focused(page)).toBe("Class");

    const opened = page.waitForEvent("websocket", (socket) => socket.url().includes(second));
    await page.keyboard.press("ArrowDown");
    await opened;
    await page.locator("#teacher .live-state", { hasText: /^Live$/ }).waitFor();

    await tabTo(page, /^Simulate a class$/);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Stop the simulation" }).waitFor();
    expect(await focused(page)).toBe("Stop the simulation");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Simulate a class" }).waitFor();
    expect(await focused(page)).toBe("Simulate a class");
  });
});

describe("by keyboard alone, on a page as wide as a phone", () => {
  it.override("viewport", PHONE);

  it("one turns to the teacher and back to the student, and a pupil signs in with a user name", async ({
    page,
    baseUrl,
  }) => {
    const teacher = await newTeacher(baseUrl);
    const pupil = await newPupil(baseUrl, teacher, await newClass(baseUrl, teacher, "Room 1"), "Ana López");
    await tabTo(page, /^Teacher$/);
    await page.keyboard.press("Space");
    await page.locator("#teacher").waitFor();
    expect(await page.locator("#student").isVisible()).toBe(false);
    await page.keyboard.press("Shift+Tab");
    expect(await focused(page)).toBe("Student");
    await page.keyboard.press("Space");
    await page.locator("#student").waitFor();
    expect(await page.locator("#teacher").isVisible()).toBe(false);

    await signIn(page, /^Try as a guest$/, pupil.username, pupil.password);
    await page.locator("#student .who-name", { hasText: "Ana López" }).waitFor();
    expect(await focused(page)).toBe("What would you like to practise?");
  });
});
