import { Book, type PdfFonts } from "../../pdf/book.ts";
import { Flow } from "../../pdf/flow.ts";
import { ACCENT, INK, RIGHT, SOFT, WRONG } from "../../pdf/palette.ts";
import { type Printing, sizeOf } from "../../pdf/paper.ts";
import { drawScoreCurve } from "../../pdf/score-curve.ts";
import { type Cell, type Column, drawTable } from "../../pdf/table.ts";
import { drawTitleBlock, type Fact } from "../../pdf/title-block.ts";
import { clockText, dayOfMoment, minutesText, momentText, timeText } from "../../pdf/words.ts";
import type { FinishedReason } from "../../practice/session.ts";
import { zoneOf } from "../../practice/smartscore.ts";
import { accuracyPercent } from "../kit/accuracy.ts";

/** A practice session as it is printed. */
export type PrintedSession = {
  readonly studentName: string;
  readonly skillTitle: string;
  /** "A.1 · Grade 5 · Math". */
  readonly skillPlace: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly finishedReason: FinishedReason | null;
  /** Whole seconds. */
  readonly activeSeconds: number;
  readonly smartscore: number;
  readonly answered: number;
  readonly correct: number;
  /** In the order of practice: all of them, or the first. */
  readonly questions: readonly PrintedQuestion[];
  /** The student's. */
  readonly timeZone: string;
  /** Null where nothing of the student is on record. */
  readonly asOf: Date | null;
};

export type PrintedQuestion = {
  readonly prompt: string;
  readonly answer: string;
  readonly rightAnswer: string;
  readonly isCorrect: boolean;
  /** Whole seconds. */
  readonly seconds: number;
  readonly scoreBefore: number;
  readonly scoreAfter: number;
  /** Why the score moved as it did, to the student. */
  readonly why: string;
};

const COLUMNS: readonly Column[] = [
  { title: "#", width: { points: 32 }, align: "right" },
  { title: "Question, and why the score moved as it did", width: { share: 10 } },
  { title: "Answer", width: { share: 4 } },
  { title: "Right answer", width: { share: 4 } },
  { title: "Time", width: { points: 42 }, align: "right" },
  { title: "SmartScore", width: { points: 66 }, align: "right" },
];

/** A practice session: what it came to, the score's curve, and every question. */
export function practiceSessionPdf(
  session: PrintedSession,
  { paper, at }: Printing,
  fonts: PdfFonts,
): Promise<Uint8Array<ArrayBuffer>> {
  const title = `Practice session: ${session.skillTitle}, ${session.studentName}`;
  const book = new Book({ fonts, size: sizeOf(paper), title, subject: title, at });
  const flow = new Flow(book, {
    kind: "Practice session",
    about: `${session.studentName} · ${session.skillTitle}`,
    asOf: session.asOf ? `As of ${momentText(session.asOf, session.timeZone)} (${session.timeZone})` : "",
  });
  drawTitleBlock(flow, {
    title: session.studentName,
    subtitle: session.skillTitle,
    below: [session.skillPlace, whenText(session)],
    facts: factsOf(session),
  });
  flow.section("SmartScore", 190);
  const from = scoreFrom(session);
  drawScoreCurve(flow, {
    from,
    answers: session.questions.map(({ scoreAfter, isCorrect }) => ({ score: scoreAfter, isCorrect })),
  });
  const { questions, answered } = session;
  drawTable(flow, {
    title: "Questions",
    note: questions.length < answered ? `The first ${questions.length} of ${answered} questions.` : undefined,
    columns: COLUMNS,
    rows: session.questions.map(rowOf),
    empty: "No question has been answered in this session.",
  });
  return flow.finish();
}

const scoreFrom = ({ questions, smartscore }: PrintedSession) => questions[0]?.scoreBefore ?? smartscore;

const ZONE_NAMES = { LEARNING: "Learning", REFINING: "Refining", CHALLENGE: "Challenge" } as const;

function factsOf(session: PrintedSession): Fact[] {
  const { answered, correct, smartscore, activeSeconds } = session;
  return [
    { label: "SmartScore", value: `${scoreFrom(session)} → ${smartscore}`, note: "from → to", color: ACCENT },
    { label: "Zone", value: ZONE_NAMES[zoneOf(smartscore)] },
    { label: "Questions", value: String(answered), note: `${correct} right, ${answered - correct} wrong` },
    { label: "Right answers", value: answered === 0 ? "–" : `${accuracyPercent(correct, answered)} %` },
    { label: "Active time", value: minutesText(activeSeconds) },
  ];
}

const ENDINGS = { FINISHED: "finished", MASTERED: "mastered", EXPIRED: "ended without activity" } as const;

function whenText({ startedAt, finishedAt, finishedReason, timeZone }: PrintedSession): string {
  const start = momentText(startedAt, timeZone);
  if (!finishedAt) return `${start}, under way`;
  const isSameDay = dayOfMoment(startedAt, timeZone) === dayOfMoment(finishedAt, timeZone);
  const end = isSameDay ? timeText(finishedAt, timeZone) : momentText(finishedAt, timeZone);
  return `${start} – ${end}, ${ENDINGS[finishedReason ?? "FINISHED"]}`;
}

function rowOf(question: PrintedQuestion, index: number): Cell[] {
  const { prompt, answer, rightAnswer, isCorrect, seconds, scoreBefore, scoreAfter, why } = question;
  const color = isCorrect ? RIGHT : WRONG;
  return [
    { text: String(index + 1), color: SOFT },
    [{ text: prompt }, { text: why, size: 7.5, color: SOFT }],
    { text: `${isCorrect ? "✓" : "✗"} ${answer === "" ? "–" : answer}`, color },
    { text: rightAnswer, color: INK },
    { text: clockText(seconds), color: SOFT },
    { text: `${scoreBefore} → ${scoreAfter}`, isBold: true },
  ];
}
