import { Book, type PdfFonts } from "../../pdf/book.ts";
import { Flow } from "../../pdf/flow.ts";
import { drawNames } from "../../pdf/names.ts";
import { ACCENT, FAINT, LINE, PENDING, RIGHT, SOFT } from "../../pdf/palette.ts";
import { type Printing, sizeOf } from "../../pdf/paper.ts";
import { scoreBar } from "../../pdf/score-bar.ts";
import { drawShares } from "../../pdf/shares.ts";
import { type Cell, type Column, drawTable, type Paragraph } from "../../pdf/table.ts";
import { drawTitleBlock } from "../../pdf/title-block.ts";
import { counted, minutesText, momentText, shortDayOfMoment } from "../../pdf/words.ts";

/** An assignment as it is printed: its score grid. */
export type PrintedAssignment = {
  readonly classTitle: string;
  readonly skillTitle: string;
  /** "A.1 · Grade 5 · Math". */
  readonly skillPlace: string;
  /** The SmartScore to reach. */
  readonly target: number;
  readonly assignedAt: Date;
  readonly dueAt: Date | null;
  /** By name. */
  readonly students: readonly PrintedWork[];
  /** Whether there are more. */
  readonly isCut: boolean;
  /** The class's. */
  readonly timeZone: string;
  readonly asOf: Date | null;
};

export type PrintedWork = {
  readonly fullName: string;
  readonly status: "NOT_STARTED" | "IN_PROGRESS" | "COMPLETED";
  readonly bestSmartscore: number;
  readonly lastSmartscore: number;
  readonly questions: number;
  /** Whole seconds. */
  readonly activeSeconds: number;
  readonly completedAt: Date | null;
  readonly lastActivityAt: Date | null;
};

const COLUMNS: readonly Column[] = [
  { title: "Student", width: { share: 1 } },
  { title: "Status", width: { points: 78 } },
  { title: "Best SmartScore", width: { points: 82 } },
  { title: "Last", width: { points: 32 }, align: "right" },
  { title: "Questions", width: { points: 52 }, align: "right" },
  { title: "Active time", width: { points: 58 }, align: "right" },
  { title: "Last active", width: { points: 70 }, align: "right" },
];

/** An assignment: how many are how far, the score grid, and who has not started. */
export function assignmentPdf(
  assignment: PrintedAssignment,
  { paper, at }: Printing,
  fonts: PdfFonts,
): Promise<Uint8Array<ArrayBuffer>> {
  const { skillTitle, classTitle, timeZone, asOf, students } = assignment;
  const title = `Assignment: ${skillTitle}, ${classTitle}`;
  const book = new Book({ fonts, size: sizeOf(paper), title, subject: title, at });
  const flow = new Flow(book, {
    kind: "Assignment",
    about: `${classTitle} · ${skillTitle}`,
    asOf: asOf ? `As of ${momentText(asOf, timeZone)} (${timeZone})` : "",
  });
  const of = (status: PrintedWork["status"]) => students.filter((each) => each.status === status);
  const [completed, inProgress, notStarted] = [of("COMPLETED"), of("IN_PROGRESS"), of("NOT_STARTED")];
  drawTitleBlock(flow, {
    title: skillTitle,
    subtitle: classTitle,
    below: [assignment.skillPlace, datesText(assignment)],
    facts: [
      {
        label: "Completed",
        value: String(completed.length),
        note: `of ${counted(students.length, "student")}`,
        color: RIGHT,
      },
      { label: "In progress", value: String(inProgress.length), color: PENDING },
      { label: "Not started", value: String(notStarted.length) },
      { label: "Target SmartScore", value: String(assignment.target), color: ACCENT },
    ],
  });
  drawShares(flow, [
    { name: "Completed", count: completed.length, color: RIGHT },
    { name: "In progress", count: inProgress.length, color: PENDING },
    { name: "Not started", count: notStarted.length, color: LINE },
  ]);
  drawTable(flow, {
    title: "Score grid",
    note: assignment.isCut ? `The first ${students.length} students of the class.` : undefined,
    columns: COLUMNS,
    rows: students.map((each) => rowOf(each, assignment)),
    empty: "Nobody has this assignment yet.",
  });
  drawNotStarted(flow, notStarted, students.length);
  return flow.finish();
}

function datesText({ assignedAt, dueAt, timeZone }: PrintedAssignment): string {
  const assigned = `Assigned ${momentText(assignedAt, timeZone)}`;
  return dueAt ? `${assigned} · due ${momentText(dueAt, timeZone)}` : `${assigned} · no due date`;
}

const STATUS = {
  COMPLETED: { text: "✓ Completed", color: RIGHT },
  IN_PROGRESS: { text: "● In progress", color: PENDING },
  NOT_STARTED: { text: "○ Not started", color: FAINT },
} as const;

function rowOf(work: PrintedWork, { target, timeZone }: PrintedAssignment): Cell[] {
  const { fullName, status, bestSmartscore, lastSmartscore, questions, activeSeconds, lastActivityAt } = work;
  const hasStarted = status !== "NOT_STARTED";
  const dash: Paragraph = { text: "–", color: FAINT };
  const color = status === "COMPLETED" ? RIGHT : PENDING;
  return [
    { text: fullName, isBold: true },
    STATUS[status],
    hasStarted ? scoreBar(bestSmartscore, { aim: target, color }) : dash,
    hasStarted ? String(lastSmartscore) : dash,
    hasStarted ? String(questions) : dash,
    hasStarted ? minutesText(activeSeconds) : dash,
    lastActivityAt ? { text: shortDayOfMoment(lastActivityAt, timeZone), color: SOFT } : dash,
  ];
}

/** Who has not started, in columns. */
function drawNotStarted(flow: Flow, notStarted: readonly PrintedWork[], students: number): void {
  if (students === 0) return;
  const names = notStarted.map(({ fullName }) => fullName);
  drawNames(flow, `Not started (${names.length})`, names);
  if (names.length === 0) flow.paragraph("Everybody has started.");
}
