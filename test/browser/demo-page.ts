import type { Locator, Page } from "playwright-core";
import { rightAnswer, wrongAnswer } from "../../dev/demo/answers.ts";
import { loadCatalog, type Question } from "../../drizzle/seed/catalog.ts";

type Asked = { readonly id: number };
type Body = { data?: { current_question?: Asked | null; next_question?: Asked | null; question?: Asked | null } };

/** The student's side of the demo page, as a script works it: it knows the key of each question that the page was sent. */
export type StudentSide = {
  /** The question on the page. */
  asked(): Promise<Question>;
  /** Fills in the form, by mouse and keys as a person would. */
  fillIn(isRight: boolean): Promise<void>;
  /** Fills in and submits, and waits for the verdict. */
  answer(isRight: boolean): Promise<void>;
  /** Goes on to the next question. */
  next(): Promise<void>;
  /** The SmartScore that the dial says. */
  score(): Promise<number>;
  choose(skillTitle: string): Promise<void>;
};

export async function studentSide(page: Page): Promise<StudentSide> {
  const { questions } = await loadCatalog();
  const byId = new Map(questions.map((question) => [question.id, question]));
  const sent: Question[] = [];
  page.on("response", async (response) => {
    if (!response.url().includes("/practice/sessions") || !response.ok()) return;
    const body = (await response.json().catch(() => ({}))) as Body;
    const { current_question: current, next_question: next, question } = body.data ?? {};
    const known = byId.get((next ?? question ?? current)?.id ?? 0);
    if (known !== undefined) sent.push(known);
  });

  const form = page.locator("#student form.answer");

  async function asked(): Promise<Question> {
    for (;;) {
      const prompt = await form.locator(".prompt").textContent();
      const question = sent.findLast((one) => one.prompt === prompt);
      if (question !== undefined) return question;
      await page.waitForTimeout(20);
    }
  }

  async function fillIn(isRight: boolean): Promise<void> {
    const question = await asked();
    const answer = isRight ? rightAnswer(question) : wrongAnswer(question);
    if (question.type === "MCQ") await form.locator(`input[value="${answer.choice}"]`).check();
    else if (question.type === "MULTI_SELECT") {
      const wanted = answer.choices as string[];
      for (const { id } of question.data.choices) {
        await form.locator(`input[value="${id}"]`).setChecked(wanted.includes(id));
      }
    } else await form.locator(".written").fill(String(answer.value ?? answer.text));
  }

  return {
    asked,
    fillIn,
    async answer(isRight) {
      await fillIn(isRight);
      await form.getByRole("button", { name: "Submit" }).click();
      await page.locator("#student .feedback").waitFor();
    },
    async next() {
      await page.locator("#student .feedback").getByRole("button").click();
    },
    async score() {
      const label = await page.locator("#student .dial-picture").getAttribute("aria-label");
      return Number(/^SmartScore (\d+) of 100/.exec(label ?? "")?.[1]);
    },
    async choose(skillTitle) {
      await page.locator("#student .skill", { hasText: skillTitle }).click();
      await form.waitFor();
    },
  };
}

export async function signInAsSam(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Practise as Sam Student" }).click();
  await page.locator("#student .skill").first().waitFor();
}

export async function tryAsGuest(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Try as a guest" }).click();
  await page.locator("#student .skill").first().waitFor();
}

export async function lookOnAsTess(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Look on as Tess Teacher" }).click();
  await page.locator("#teacher .tile").first().waitFor();
}

/** The SmartScore on Sam's tile. */
export async function tileScore(page: Page): Promise<number> {
  return Number(await page.locator("#teacher .tile", { hasText: "Sam Student" }).locator(".tile-score").textContent());
}

/** Signs in on one side by the form, as somebody with an account of their own. */
export async function signInByForm(side: Locator, name: string, password: string): Promise<void> {
  await side.getByText("Use another account").click();
  await side.getByLabel("E-mail or user name").fill(name);
  await side.getByLabel("Password").fill(password);
  await side.getByRole("button", { name: "Sign in" }).click();
}

/** Keeps the replies of this address, once they are there, from the page until they are let go on. */
export async function holdBack(page: Page, url: string | RegExp): Promise<{ letGo(): void; arrived: Promise<void> }> {
  let letGo: () => void = () => undefined;
  let arrive: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route(url, async (route) => {
    const response = await route.fetch();
    arrive();
    await released;
    await route.fulfill({ response });
  });
  return { letGo, arrived };
}

/** Notes every text that is put into the element, the same one again too; read by `spoken`. */
export async function listenTo(page: Page, selector: string): Promise<{ spoken(): Promise<string[]> }> {
  await page.evaluate(`
    window.spoken = [];
    const heard = document.querySelector(${JSON.stringify(selector)});
    new MutationObserver(() => window.spoken.push(heard.textContent))
      .observe(heard, { childList: true, subtree: true, characterData: true });
  `);
  return { spoken: () => page.evaluate<string[]>("window.spoken") };
}
