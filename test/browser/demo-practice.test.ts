import { describe, expect } from "vitest";
import { listenTo, tryAsGuest } from "./demo-page.ts";
import { it } from "./opened-demo.ts";

describe("practising", () => {
  it("a wrong answer shows what is right, why, and what it cost", async ({ page, student, faults }) => {
    await tryAsGuest(page);
    await student.choose("Divide whole numbers");
    const question = await student.asked();
    await student.answer(false);
    const feedback = page.locator("#student .feedback");
    expect(await feedback.textContent()).toContain("Not quite.");
    expect(await feedback.textContent()).toContain(question.explanation);
    expect(await feedback.locator(".feedback-change").textContent()).toMatch(/^SmartScore /);
    expect(await page.locator("#student .choice[data-verdict=wrong]").count()).toBe(1);
    expect(await page.locator("#student .choice[data-verdict=right]").textContent()).toContain("Right answer");
    expect(await page.locator("#student-news").textContent()).toContain("Not quite.");
    expect(faults).toEqual([]);
  });

  it("every type of question has its form, and a right answer in it counts", async ({ page, student }) => {
    await tryAsGuest(page);
    await student.choose("Divide whole numbers");
    const met = new Set<string>();
    for (let count = 0; met.size < 4 && count < 20; count++) {
      met.add((await student.asked()).type);
      await student.answer(true);
      expect(await page.locator("#student .feedback-title").textContent()).toBe("Right!");
      await student.next();
    }
    expect([...met].sort()).toEqual(["MCQ", "MULTI_SELECT", "NUMERIC", "TEXT"]);
  });

  it("nothing is sent where nothing is filled in, and what is missing is said", async ({ page, student }) => {
    await tryAsGuest(page);
    await student.choose("Divide whole numbers");
    await page.getByRole("button", { name: "Submit" }).click();
    expect(await page.locator("#student .complaint").textContent()).toBe("Pick one answer first.");
    expect(await page.locator("#student .stat dd").nth(1).textContent()).toBe("0");
  });

  it("a reload finds the same session and question again, also a guest's", async ({ page, student }) => {
    await tryAsGuest(page);
    await student.choose("Divide whole numbers");
    await student.answer(true);
    await student.next();
    const before = { question: (await student.asked()).id, score: await student.score() };
    await page.reload();
    await page.locator("#student form.answer").waitFor();
    expect((await student.asked()).id).toBe(before.question);
    expect(await student.score()).toBe(before.score);
    expect(await page.locator("#student .stat dd").nth(1).textContent()).toBe("1");
  });

  it("a skip brings another question and costs nothing; finishing shows how it went", async ({ page, student }) => {
    await tryAsGuest(page);
    await student.choose("Divide whole numbers");
    await student.answer(true);
    await student.next();
    const { id } = await student.asked();
    const score = await student.score();
    await page.getByRole("button", { name: "Skip" }).click();
    await expect.poll(async () => (await student.asked()).id).not.toBe(id);
    expect(await student.score()).toBe(score);
    await page.getByRole("button", { name: "Finish" }).click();
    const summary = page.locator("#student .summary");
    await summary.waitFor();
    expect(await summary.textContent()).toContain("100 %");
    await page.getByRole("button", { name: "Choose another skill" }).click();
    await page.locator("#student .skill").first().waitFor();
  });

  it("skills are found by grade and by words", async ({ page }) => {
    await tryAsGuest(page);
    const found = page.locator("#student .found");
    await page.getByLabel("Grade").selectOption("");
    await page.getByLabel("Subject").selectOption("");
    await expect.poll(() => found.textContent()).toMatch(/^1\d\d skills$/);
    await page.getByLabel("Search").fill("pythagorean");
    await expect.poll(() => found.textContent()).toBe("1 skill");
    expect(await page.locator("#student .skill").textContent()).toContain("Pythagorean theorem");
    await page.getByLabel("Search").fill("no such skill at all");
    await expect.poll(() => found.textContent()).toContain("No skill like this");
  });

  it("who listens is told of every skip", async ({ page, student }) => {
    await tryAsGuest(page);
    await student.choose("Divide whole numbers");
    const { spoken } = await listenTo(page, "#student-news");
    const words = "Skipped. Here is another question.";
    for (const heard of [[words], [words, words]]) {
      await page.getByRole("button", { name: "Skip" }).click();
      await expect.poll(spoken).toEqual(heard);
    }
  });

  it.for([false, true])(
    "a finish that fails can be tried again, its question answered: %s",
    async (isAnswered, { page, student }) => {
      await tryAsGuest(page);
      await student.choose("Divide whole numbers");
      if (isAnswered) await student.answer(true);
      await page.route("**/finish", (route) => route.abort(), { times: 1 });
      await page.getByRole("button", { name: "Finish" }).press("Enter");
      await page.locator("#student .notice-strip", { hasText: "cannot be reached" }).waitFor();
      expect(await page.evaluate("document.activeElement.innerText.trim()")).toBe("Finish");
      expect(await page.getByRole("button", { name: "Skip" }).isEnabled()).toBe(!isAnswered);
      await page.keyboard.press("Enter");
      await page.locator("#student .summary").waitFor();
    },
  );
});
