import { describe, expect, inject } from "vitest";
import { tryAsGuest } from "./demo-page.ts";
import { it } from "./opened-demo.ts";

describe("an answer", () => {
  it("an answer that meets no network is kept, and counts once when it is back", async ({ page, student }) => {
    await tryAsGuest(page);
    await student.choose("Divide whole numbers");
    const keys: (string | undefined)[] = [];
    page.on("request", (request) => {
      if (request.url().endsWith("/submit")) keys.push(request.headers()["idempotency-key"]);
    });
    await student.fillIn(true);
    await page.context().setOffline(true);
    await page.getByRole("button", { name: "Submit" }).click();
    await page.locator("#student .notice-strip", { hasText: "Your answer is kept" }).waitFor();
    await page.context().setOffline(false);
    await page.locator("#student .feedback").waitFor();
    expect(await page.locator("#student .stat dd").nth(1).textContent()).toBe("1");
    expect(keys.length).toBeGreaterThan(1);
    expect(new Set(keys).size).toBe(1);
  });

  it("an answer whose reply was lost with the page is told after a reload, and counted once", async ({
    page,
    student,
  }) => {
    await tryAsGuest(page);
    await student.choose("Divide whole numbers");
    await student.fillIn(true);
    // The server takes it, but its reply never comes.
    const taken = new Promise((resolve) => {
      void page.route("**/submit", async (route) => resolve((await route.fetch()).status()), { times: 1 });
    });
    await page.getByRole("button", { name: "Submit" }).click();
    expect(await taken).toBe(200);
    await page.reload();
    await page.locator("#student .feedback-title", { hasText: "Right!" }).waitFor();
    expect(await page.locator("#student .choice[data-verdict=right]").textContent()).toContain("Your answer, right");
    expect(await page.locator("#student .stat dd").nth(1).textContent()).toBe("1");
  });

  it("a guest whose answers are used up is asked to sign in; what happened elsewhere is told", async ({
    page,
    student,
  }) => {
    await tryAsGuest(page);
    const started = page.waitForResponse((response) => response.url().endsWith("/practice/sessions"));
    await student.choose("Divide whole numbers");
    const { data: session } = (await (await started).json()) as { data: { id: string } };
    await answerElsewhere(session.id, 1);
    await student.fillIn(true);
    await page.getByRole("button", { name: "Submit" }).click();
    await page.locator("#student .notice-strip", { hasText: "moved on elsewhere" }).waitFor();
    await answerElsewhere(session.id, 24);
    await student.fillIn(true);
    await page.getByRole("button", { name: "Submit" }).click();
    const strip = page.locator("#student .notice-strip", { hasText: "Guests may answer 25 questions" });
    await strip.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("button", { name: "Practise as Sam Student" }).waitFor();
  });

  /** Answers a guest's session as another device would: wrongly, so that it goes on. */
  async function answerElsewhere(sessionId: string, count: number): Promise<void> {
    const url = `${inject("baseUrl")}/api/v1/practice/sessions/${sessionId}`;
    const headers = { "Content-Type": "application/json" };
    for (let answered = 0; answered < count; answered++) {
      const { data } = (await (await fetch(url)).json()) as {
        data: { current_question: { id: number; type: string; data: { choices?: { id: string }[] } } };
      };
      const { id, type, data: shown } = data.current_question;
      const ids = shown.choices?.map((choice) => choice.id) ?? [];
      const answers: Record<string, object> = {
        MCQ: { choice: ids[0] },
        MULTI_SELECT: { choices: ids.slice(0, 1) },
        NUMERIC: { value: -1 },
        TEXT: { text: "?" },
      };
      const body = JSON.stringify({ question_id: id, submitted_answer: answers[type], time_spent_sec: 1 });
      const reply = await fetch(`${url}/submit`, { method: "POST", headers, body });
      expect(reply.status).toBe(200);
    }
  }
});
