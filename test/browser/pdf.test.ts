import { describe, expect, it } from "vitest";
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
import { expectSound, flat, linesOf, pagesOf, unbroken } from "./poppler.ts";

const fonts = await fontsFromDisk();
const at = new Date("2026-11-22T08:26:10Z");

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

  it("who has not started is listed on one page, below its heading", async () => {
    for (let count = 20; count <= 40; count++) {
      const assignment = sampleAssignment(count);
      const notStarted = assignment.students.filter(({ status }) => status === "NOT_STARTED");
      const heading = `Not started (${notStarted.length})`;
      const pages = await pagesOf(await assignmentPdf(assignment, printing, fonts));
      const listed = unbroken(pages.find((page) => page.includes(heading))?.split(heading)[1] ?? "");
      const numbers = notStarted.map(({ fullName }) => /\(\d+\)$/.exec(fullName)?.[0] ?? "");
      expect({ count, missing: numbers.filter((number) => !listed.includes(number)) }).toEqual({ count, missing: [] });
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

  const ALL_TIME = { from: null, to: null };

  it.each([
    ["best", ALL_TIME, "Best SmartScore", "not begun"],
    ["current", ALL_TIME, "Current SmartScore", "not begun"],
    ["current", { from: null, to: "2026-11-01" }, "Last SmartScore", "not practised"],
    ["best", { from: "2026-11-01", to: null }, "Best SmartScore", "not practised"],
  ])("a summary by %s score, of %o, says which score each of its tables has, and what narrows it", async (...asked) => {
    const [score, period, heading, unscored] = asked;
    const sample = sampleSummary(4);
    const filters = { score, subject_slug: "math", grade_number: 5, topic_id: 3, skill_id: 7 };
    const assigned = { questions: 0, accuracy_percent: 0, active_time_seconds: 0, last_practiced_at: null };
    const listed = sample.skills.map((skill) => ({ ...skill, ...assigned, smartscore: null }));
    const printed = { ...sample, skills: listed, meta: { ...sample.meta, filters, period } };
    const [page = ""] = await pagesOf(await studentSummaryPdf(printed, printing, fonts));
    const [, spots = "", next = "", skills = ""] = page.split(/Trouble spots|What to practise next|All skills/);
    expect(spots).toContain("Skill Current SmartScore Wrong answers");
    expect(next).toContain("Skill Current SmartScore Why");
    expect(next).toContain("not begun");
    expect(skills).toContain(`Skill ${heading} Questions`);
    expect(skills).toContain(`${unscored} 0 –`);
    expect(page).toContain("only subject math · only grade 5 · only topic 3 · only skill 7");
    const counts = `${heading.charAt(0).toLowerCase()}${heading.slice(1)}`;
    expect(/by (\w+ SmartScore)/.exec(page)?.[1]).toBe(score === "current" ? counts : undefined);
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
    const bytes = await certificatePdf(asked, printing, fonts);
    const [page] = await pagesOf(bytes);
    for (const said of [asked.studentName, asked.skillTitle, asked.awardedBy]) expect(page).toContain(said);
    // In lines as alike as may be.
    expect(await linesOf(bytes)).toContain(
      "Maximiliana-Wilhelmina Alexandra\nKonstantinopolskaya von Habsburg-Lothringen\n",
    );
  });

  it("a certificate has the whole of the longest name, title and giver that there may be", async () => {
    const asked = {
      ...sampleCertificate("EXCELLENCE"),
      studentName:
        "Wolfeschlegelsteinhausenbergerdorff-Papadiamantopoulos Hubert Blaine Adolph Charles David Earl Frederick Gerald Hugo Ian",
      skillTitle:
        "Estimate, then multiply multi-digit whole numbers by one-digit, two-digit and three-digit numbers using an area " +
        "model, partial products and the standard algorithm, and explain each step (word problem)",
      awardedBy: "Prof. Dr. Theodora Wolkenstein-Rodenegg, Grundschule am Wolkenstein, im Namen aller",
    };
    expect([asked.studentName.length, asked.skillTitle.length]).toEqual([120, 200]);
    const bytes = await certificatePdf(asked, printing, fonts);
    const [page = ""] = await pagesOf(bytes);
    for (const said of [asked.studentName, asked.skillTitle, asked.awardedBy])
      expect(unbroken(page)).toContain(unbroken(said));
    expect(await linesOf(bytes)).toMatch(
      /Wolfeschlegelsteinhausenbergerdorff(-Papadiamantopoulos|-\nPapadiamantopoulos) /,
    );
  });

  it("login cards come eight to a page, each with what it takes to sign in", async () => {
    const asked = sampleCards(20);
    const pages = await pagesOf(await loginCardsPdf(asked, printing, fonts));
    expect(pages.map((page) => page.split("Sign in at").length - 1)).toEqual([8, 8, 4]);
    for (const { username, password } of asked.cards) {
      expect(pages.join(" ")).toContain(`User name ${username} Password ${password ?? "the one that you know"}`);
    }
  });

  it("login cards of a class in which all sign in by e-mail say so, and not that nobody is in it", async () => {
    const pages = await pagesOf(await loginCardsPdf(sampleCards(0), printing, fonts));
    expect(pages.map(unbroken)).toEqual([unbroken("No pupil of this class signs in by user name.")]);
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
