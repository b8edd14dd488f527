import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, inject, it, onTestFinished } from "vitest";
import { fontsFromDisk } from "../../dev/pdf/fonts.ts";
import {
  LONG_PROMPT,
  NAMES,
  sampleAssignment,
  sampleCards,
  sampleCertificate,
  sampleSession,
  sampleSummary,
} from "../../dev/pdf/samples.ts";
import { certificatePdf } from "../../src/pdf/certificate.ts";
import { loginCardsPdf } from "../../src/pdf/login-cards.ts";
import { PAPERS, type Printing } from "../../src/pdf/paper.ts";
import { assignmentPdf } from "../../src/reports/pdf/draw-assignment.ts";
import { practiceSessionPdf } from "../../src/reports/pdf/draw-practice-session.ts";
import { studentSummaryPdf } from "../../src/reports/pdf/draw-student-summary.ts";

const fonts = await fontsFromDisk();
const run = promisify(execFile);
const at = new Date("2026-11-22T08:26:10Z");

/** The document in a file of its own, for the programs that judge it. */
async function fileOf(bytes: Uint8Array): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "ascent-pdf-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  const file = join(dir, "document.pdf");
  await writeFile(file, bytes);
  return file;
}

/** What poppler reads on its pages, in the order of drawing; it must have no complaint. */
async function pagesOf(bytes: Uint8Array): Promise<string[]> {
  const { stdout, stderr } = await run("pdftotext", ["-raw", await fileOf(bytes), "-"], { maxBuffer: 50_000_000 });
  expect(stderr).toBe("");
  return stdout.split("\f").slice(0, -1).map(flat);
}

/** Whether qpdf finds it sound and poppler draws it, neither with a complaint. */
async function expectSound(bytes: Uint8Array): Promise<void> {
  const file = await fileOf(bytes);
  const { stdout: checked } = await run("qpdf", ["--check", file]);
  expect(checked).toContain("No syntax or stream encoding errors found");
  const { stderr } = await run("pdftoppm", ["-r", "20", "-l", "3", "-png", file, file]);
  expect(stderr).toBe("");
}

/** Text with every white space as one space: where lines break is not what is asked. */
const flat = (text: string) => text.normalize("NFC").replace(/\s+/g, " ");

/** All text without white space, as a long word may be broken. */
const unbroken = (text: string) => text.normalize("NFC").replace(/\s+/g, "");

const documents: Readonly<Record<string, (printing: Printing) => Promise<Uint8Array>>> = {
  "a practice session": (printing) => practiceSessionPdf(sampleSession(60), printing, fonts),
  "an empty practice session": (printing) => practiceSessionPdf(sampleSession(0), printing, fonts),
  "an assignment": (printing) => assignmentPdf(sampleAssignment(30), printing, fonts),
  "an assignment that nobody has": (printing) => assignmentPdf(sampleAssignment(0), printing, fonts),
  "a student's summary": (printing) => studentSummaryPdf(sampleSummary(40), printing, fonts),
  "the summary of who never practised": (printing) => studentSummaryPdf(sampleSummary(0), printing, fonts),
  "a certificate of mastery": (printing) => certificatePdf(sampleCertificate("MASTERY"), printing, fonts),
  "a certificate of excellence": (printing) => certificatePdf(sampleCertificate("EXCELLENCE"), printing, fonts),
  "login cards": (printing) => loginCardsPdf(sampleCards(20), printing, fonts),
  "the login cards of nobody": (printing) => loginCardsPdf(sampleCards(0), printing, fonts),
};

describe.each(PAPERS)("on %s", (paper) => {
  const printing: Printing = { paper, at };

  it.each(Object.entries(documents))("%s is sound, small, and the same bytes twice", async (_, draw) => {
    const bytes = await draw(printing);
    await expectSound(bytes);
    const pages = await pagesOf(bytes);
    expect(bytes.length / pages.length).toBeLessThan(50_000);
    expect(Buffer.from(await draw(printing)).equals(bytes)).toBe(true);
  });

  it("2,000 questions are all there, each whole on one page, below a heading, on numbered pages", async () => {
    const session = sampleSession(2_000);
    const bytes = await practiceSessionPdf(session, printing, fonts);
    await expectSound(bytes);
    const pages = await pagesOf(bytes);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
      expect(page).toContain("Practice session");
      if (page.includes("(")) expect(page).toContain("Question, and why the score moved as it did");
    }
    const whole = pages.join("\f");
    const missing = session.questions.filter(
      ({ prompt, why, answer, rightAnswer, scoreBefore, scoreAfter }) =>
        !whole.includes(flat(prompt)) ||
        !whole.includes(why) ||
        !whole.includes(` ${answer} ${rightAnswer} `) ||
        !whole.includes(`${scoreBefore} → ${scoreAfter}`),
    );
    expect(missing).toEqual([]);
  });

  it("2,000 students of an assignment are all there, and who has not started a second time", async () => {
    const assignment = sampleAssignment(2_000);
    const whole = unbroken((await pagesOf(await assignmentPdf(assignment, printing, fonts))).join(" "));
    // What is written from right to left is told in either order.
    const leftToRight = assignment.students.filter(({ fullName }) => !/\p{Script=Arabic}/u.test(fullName));
    expect(leftToRight.length).toBeGreaterThan(1_700);
    for (const { fullName, status } of leftToRight) {
      const times = whole.split(unbroken(fullName)).length - 1;
      expect({ fullName, times }).toEqual({ fullName, times: status === "NOT_STARTED" ? 2 : 1 });
    }
  });

  it("names in every script are found as they are written", async () => {
    const whole = unbroken((await pagesOf(await loginCardsPdf(sampleCards(NAMES.length), printing, fonts))).join(" "));
    const latinGreekCyrillic = NAMES.filter((name) =>
      /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\P{L}]+$/u.test(name),
    );
    expect(latinGreekCyrillic.length).toBeGreaterThanOrEqual(6);
    for (const name of latinGreekCyrillic) expect(whole).toContain(unbroken(name));
  });

  it("a question of 500 characters is printed whole, and so is one word of 300", async () => {
    const session = sampleSession(2);
    const [first, second] = session.questions;
    if (!first || !second) throw new Error("two questions are needed");
    const word = "Donaudampfschifffahrt".repeat(15);
    const questions = [
      { ...first, prompt: LONG_PROMPT },
      { ...second, answer: word, prompt: word },
    ];
    const whole = (await pagesOf(await practiceSessionPdf({ ...session, questions }, printing, fonts))).join(" ");
    expect(LONG_PROMPT).toHaveLength(500);
    expect(whole).toContain(flat(LONG_PROMPT));
    expect(unbroken(whole).split(word)).toHaveLength(3);
  });

  it("says so where not all questions of a session are printed", async () => {
    const [page] = await pagesOf(await practiceSessionPdf({ ...sampleSession(10), answered: 12 }, printing, fonts));
    expect(page).toContain("The first 10 of 12 questions.");
  });

  it("a certificate says who, what, when, by whom and where to check it", async () => {
    const asked = {
      ...sampleCertificate("EXCELLENCE"),
      skillTitle: "Divide decimals by powers of ten and round the quotient to the nearest hundredth, then check",
    };
    const pages = await pagesOf(await certificatePdf(asked, printing, fonts));
    expect(pages).toHaveLength(1);
    for (const said of [
      "Certificate of Excellence",
      asked.studentName,
      asked.skillTitle,
      "22 November 2026",
      "Tess Teacher",
      asked.code,
      asked.verifyUrl,
    ]) {
      expect(pages[0]).toContain(said);
    }
  });

  it("a certificate has the whole of a long name, a long title and a long giver", async () => {
    const asked = {
      ...sampleCertificate("MASTERY"),
      studentName: "Maximiliana-Wilhelmina Alexandra Konstantinopolskaya von Habsburg-Lothringen",
      skillTitle:
        "Divide decimals by powers of ten and round the quotient to the nearest hundredth, then check it again",
      awardedBy: "Prof. Dr. Theodora Wolkenstein-Rodenegg, Grundschule",
    };
    const [page] = await pagesOf(await certificatePdf(asked, printing, fonts));
    for (const said of [asked.studentName, asked.skillTitle, asked.awardedBy]) expect(page).toContain(said);
  });

  it("login cards come eight to a page, each with what it takes to sign in", async () => {
    const asked = sampleCards(20);
    const pages = await pagesOf(await loginCardsPdf(asked, printing, fonts));
    expect(pages.map((page) => page.split("Sign in at").length - 1)).toEqual([8, 8, 4]);
    for (const { username, password } of asked.cards) {
      expect(pages.join(" ")).toContain(`User name ${username} Password ${password ?? "the one that you know"}`);
    }
  });
});

it.each(NAMES)("%s is printed on each document", async (name) => {
  const printing: Printing = { paper: "letter", at };
  for (const bytes of [
    await practiceSessionPdf(sampleSession(1, name), printing, fonts),
    await studentSummaryPdf(sampleSummary(1, name), printing, fonts),
    await certificatePdf(sampleCertificate("MASTERY", name), printing, fonts),
  ]) {
    const [page = ""] = await pagesOf(bytes);
    // What is written from right to left is told in either order.
    const isRightToLeft = /\p{Script=Arabic}/u.test(name);
    const inOrder = (text: string) => (isRightToLeft ? [...unbroken(text)].sort().join("") : unbroken(text));
    const found = isRightToLeft
      ? (page.match(/\p{Script=Arabic}/gu) ?? []).slice(0, unbroken(name).length).join("")
      : page;
    expect(inOrder(found)).toContain(inOrder(name));
  }
});

describe("from the served product", () => {
  const baseUrl = inject("baseUrl");

  async function reply(path: string, token: string, body?: unknown): Promise<Response> {
    const response = await fetch(`${baseUrl}/api/v1${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok && response.status !== 404)
      throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  }

  type Tokens = { data: { access_token: string } };
  type Started = { data: { id: string; current_question: { id: number; prompt: string } } };

  it("a session that was just practised is printed", async () => {
    const body = { email: `pdf-${crypto.randomUUID()}@example.com`, password: "Password123!", full_name: NAMES[0] };
    const { data: account } = (await (await reply("/auth/register", "", body)).json()) as Tokens;
    const token = account.access_token;
    const { data: session } = (await (await reply("/practice/sessions", token, { skill_id: 1 })).json()) as Started;
    const { id: question_id, prompt } = session.current_question;
    await reply(`/practice/sessions/${session.id}/submit`, token, {
      question_id,
      submitted_answer: { choice: "A" },
      time_spent_sec: 12,
    });
    await expect
      .poll(
        async () => {
          const printed = await reply(`/reports/practice-sessions/${session.id}.pdf?paper=a4`, token);
          if (!printed.ok) return "";
          const bytes = new Uint8Array(await printed.arrayBuffer());
          await expectSound(bytes);
          return (await pagesOf(bytes)).join(" ");
        },
        { timeout: 15_000, interval: 300 },
      )
      .toContain(flat(prompt));
  });
});
