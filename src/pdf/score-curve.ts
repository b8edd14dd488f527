import { MASTERY_SCORE, ZONE_FROM } from "../practice/smartscore.ts";
import type { Flow } from "./flow.ts";
import { ACCENT, FAINT, LINE, PAPER, RIGHT, SOFT, WRONG } from "./palette.ts";
import type { Paint } from "./sheet.ts";

export type ScoreCurve = {
  /** The SmartScore before the first answer. */
  readonly from: number;
  /** After each answer, in order. */
  readonly answers: readonly { readonly score: number; readonly isCorrect: boolean }[];
};

const HEIGHT = 150;
const AXIS = 24;
const LABELS = 62;
/** Beyond so many answers single ones are not marked. */
const MOST_DOTS = 120;

/** Apart without color too: a ring and a dot. */
const RIGHT_DOT: Paint = { fill: PAPER, stroke: RIGHT, lineWidth: 1.2 };
const WRONG_DOT: Paint = { fill: WRONG, stroke: WRONG, lineWidth: 1.2 };

const { LEARNING, REFINING, CHALLENGE } = ZONE_FROM;

const BANDS = [
  { from: LEARNING, to: REFINING, name: "Learning", fill: "#f6f8f8" },
  { from: REFINING, to: CHALLENGE, name: "Refining", fill: "#ecf4f2" },
  { from: CHALLENGE, to: MASTERY_SCORE, name: "Challenge", fill: "#dcecea" },
] as const;

/** How the SmartScore went, answer by answer, over the whole width; without answers, only where it stands. */
export function drawScoreCurve(flow: Flow, { from, answers }: ScoreCurve): void {
  flow.need(HEIGHT + 40);
  const { sheet, left } = flow;
  const { regular } = flow.book.faces;
  const small = { face: regular, size: 7.5, color: FAINT } as const;
  const top = flow.y + 8;
  const plot = { x: left + AXIS, width: flow.width - AXIS - LABELS };
  const right = plot.x + plot.width;
  const yOf = (score: number) => top + HEIGHT - (score / 100) * HEIGHT;
  const xOf = (answer: number) => plot.x + (plot.width * answer) / Math.max(1, answers.length);

  for (const zone of BANDS) {
    const size = { width: plot.width, height: yOf(zone.from) - yOf(zone.to) };
    sheet.rect(plot.x, yOf(zone.to), size, { fill: zone.fill });
    sheet.text(zone.name, right + 8, (yOf(zone.from) + yOf(zone.to)) / 2 + 2.5, { ...small, color: SOFT });
  }
  for (const score of [LEARNING, 50, REFINING, 80, CHALLENGE, MASTERY_SCORE]) {
    sheet.line(plot.x, yOf(score), right, yOf(score), { stroke: LINE, lineWidth: 0.5 });
    sheet.text(String(score), plot.x - 6, yOf(score) + 2.5, small, "right");
  }
  const scores = [from, ...answers.map(({ score }) => score)];
  sheet.shape(
    (pen) => {
      for (const [answer, score] of scores.entries()) {
        if (answer === 0) pen.move(xOf(answer), yOf(score));
        else pen.line(xOf(answer), yOf(score));
      }
      return answers.length === 0 ? pen.line(right, yOf(from)) : pen;
    },
    { stroke: ACCENT, lineWidth: answers.length > MOST_DOTS ? 0.9 : 1.6 },
  );
  if (answers.length <= MOST_DOTS) {
    const radius = answers.length > 60 ? 1.7 : 2.6;
    for (const [index, { score, isCorrect }] of answers.entries()) {
      sheet.circle(xOf(index + 1), yOf(score), radius, isCorrect ? RIGHT_DOT : WRONG_DOT);
    }
  }
  const bottom = top + HEIGHT;
  for (const answer of ticks(answers.length)) sheet.text(String(answer), xOf(answer), bottom + 13, small, "center");
  drawLegend(flow, plot.x, bottom + 28, answers.length <= MOST_DOTS);
  flow.y = bottom + 36;
}

function drawLegend(flow: Flow, x: number, y: number, withDots: boolean): void {
  const { sheet } = flow;
  const style = { face: flow.book.faces.regular, size: 7.5, color: SOFT } as const;
  sheet.text("SmartScore after each question", x, y, style);
  if (!withDots) return;
  sheet.circle(x + 132, y - 2.5, 2.6, RIGHT_DOT);
  sheet.text("right", x + 139, y, style);
  sheet.circle(x + 172, y - 2.5, 2.6, WRONG_DOT);
  sheet.text("wrong", x + 179, y, style);
}

/** Which answers are numbered below the curve: ten steps or so, round ones, and the last. */
function ticks(count: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000].find((each) => count / each <= 12) ?? Math.ceil(count / 10);
  const round = Array.from({ length: Math.floor(count / step) }, (_, index) => (index + 1) * step);
  const beforeLast = round.filter((tick) => count - tick >= step / 2);
  return count === 0 ? [] : [...beforeLast, count];
}
