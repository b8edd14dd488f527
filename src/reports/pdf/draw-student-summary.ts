import { Book, type PdfFonts } from "../../pdf/book.ts";
import { Flow } from "../../pdf/flow.ts";
import { ACCENT, FAINT, GOLD, SOFT, WRONG } from "../../pdf/palette.ts";
import { type Printing, sizeOf } from "../../pdf/paper.ts";
import { scoreBar } from "../../pdf/score-bar.ts";
import { drawShares } from "../../pdf/shares.ts";
import { type Cell, type Column, drawTable } from "../../pdf/table.ts";
import { drawTitleBlock, type Fact } from "../../pdf/title-block.ts";
import { dayText, minutesText, momentText, shortDayOfMoment } from "../../pdf/words.ts";
import { levelOf } from "../kit/columns.ts";
import type { ReportMeta } from "../kit/report-meta.ts";

type NamedSkill = { readonly skill_name: string; readonly grade_number: number; readonly topic_title: string | null };

type Totals = Readonly<
  Record<
    | "days_practised"
    | "skills"
    | "skills_mastered"
    | "skills_excellent"
    | "skills_proficient"
    | "skills_practised"
    | "questions"
    | "correct"
    | "accuracy_percent"
    | "active_time_seconds",
    number
  >
>;

type Spot = NamedSkill & Readonly<Record<"wrong" | "questions" | "accuracy_percent" | "smartscore", number>>;

type NextSkill = NamedSkill & { readonly reason: keyof typeof REASONS; readonly smartscore: number | null };

type ChartedSkill = NamedSkill &
  Readonly<Record<"questions" | "accuracy_percent" | "active_time_seconds", number>> & {
    readonly smartscore: number | null;
    readonly last_practiced_at: string | null;
  };

/** What is printed of a student's summary and of their score chart, as the reports of the same days have it. */
export type PrintedSummary = {
  readonly data: {
    readonly full_name: string;
    readonly grade_level: number | null;
    readonly totals: Totals;
    readonly trouble_spots: readonly Spot[];
    readonly next_skills: readonly NextSkill[];
  };
  readonly meta: ReportMeta;
  readonly skills: readonly ChartedSkill[];
  /** Whether there are more skills. */
  readonly isCut: boolean;
  /** The student's. */
  readonly timeZone: string;
};

const SPOTS: readonly Column[] = [
  { title: "Skill", width: { share: 7 } },
  { title: "Current SmartScore", width: { share: 4 } },
  { title: "Wrong answers", width: { points: 146 }, align: "right" },
  { title: "Questions", width: { points: 62 }, align: "right" },
  { title: "Right", width: { points: 54 }, align: "right" },
];

const NEXT: readonly Column[] = [
  { title: "Skill", width: { share: 7 } },
  { title: "Current SmartScore", width: { share: 4 } },
  { title: "Why", width: { points: 262 } },
];

const skillColumns = (scoreTitle: string): readonly Column[] => [
  { title: "Skill", width: { share: 7 } },
  { title: scoreTitle, width: { share: 4 } },
  { title: "Questions", width: { points: 62 }, align: "right" },
  { title: "Right", width: { points: 54 }, align: "right" },
  { title: "Active time", width: { points: 68 }, align: "right" },
  { title: "Last practised", width: { points: 78 }, align: "right" },
];

/** A student's practice on a page: how much, how far, what gives trouble, what to practise next. */
export function studentSummaryPdf(
  { data, meta, skills, isCut, timeZone }: PrintedSummary,
  { paper, at }: Printing,
  fonts: PdfFonts,
): Promise<Uint8Array<ArrayBuffer>> {
  const { full_name: name, totals } = data;
  const { last, byLast, unscored } = (meta.period.from ?? meta.period.to) ? OF_SOME_DAYS : OF_ALL_TIME;
  const title = `Student summary: ${name}`;
  const book = new Book({ fonts, size: sizeOf(paper), title, subject: title, at });
  const flow = new Flow(book, {
    kind: "Student summary",
    about: name,
    asOf: meta.as_of === null ? "" : `As of ${momentText(new Date(meta.as_of), timeZone)} (${timeZone})`,
  });
  drawTitleBlock(flow, {
    title: name,
    subtitle: periodText(meta.period),
    below: [[gradeText(data.grade_level), ...filterTexts(meta.filters, byLast)].join(" · ")],
    facts: factsOf(totals),
  });
  flow.section("Skills by level", 40);
  drawShares(flow, [
    { name: "Mastered (100)", count: totals.skills_mastered, color: LEVEL_COLORS.MASTERED },
    { name: "Excellent (90–99)", count: totals.skills_excellent, color: LEVEL_COLORS.EXCELLENT },
    { name: "Proficient (80–89)", count: totals.skills_proficient, color: LEVEL_COLORS.PROFICIENT },
    { name: "Practised (below 80)", count: totals.skills_practised, color: LEVEL_COLORS.PRACTISED },
  ]);
  drawTable(flow, {
    title: "Trouble spots",
    columns: SPOTS,
    rows: data.trouble_spots.map((spot): Cell[] => [
      skillCell(spot),
      scoreCell(spot.smartscore),
      { text: String(spot.wrong), isBold: true, color: WRONG },
      String(spot.questions),
      `${spot.accuracy_percent} %`,
    ]),
    empty: "None: no question was answered wrongly.",
  });
  drawTable(flow, {
    title: "What to practise next",
    columns: NEXT,
    rows: data.next_skills.map((skill): Cell[] => [
      skillCell(skill),
      scoreCell(skill.smartscore),
      REASONS[skill.reason],
    ]),
    empty: "Nothing is waiting: any new skill will do.",
  });
  drawTable(flow, {
    title: "All skills",
    note: isCut ? `The first ${skills.length} skills.` : undefined,
    columns: skillColumns(meta.filters.score === "current" ? last : "Best SmartScore"),
    rows: skills.map((skill) => skillRow(skill, unscored, timeZone)),
    empty: "No skill has been practised.",
  });
  return flow.finish();
}

/** What the last score of a skill is called, and what stands in the place of one: of some days both are of these alone. */
const OF_ALL_TIME = { last: "Current SmartScore", byLast: "by current SmartScore", unscored: "not begun" } as const;
const OF_SOME_DAYS = { last: "Last SmartScore", byLast: "by last SmartScore", unscored: "not practised" } as const;

function skillRow(skill: ChartedSkill, unscored: string, timeZone: string): Cell[] {
  const { smartscore, questions, accuracy_percent, active_time_seconds, last_practiced_at } = skill;
  return [
    skillCell(skill),
    scoreCell(smartscore, unscored),
    String(questions),
    questions === 0 ? "–" : `${accuracy_percent} %`,
    minutesText(active_time_seconds),
    last_practiced_at === null ? "–" : shortDayOfMoment(new Date(last_practiced_at), timeZone),
  ];
}

const LEVEL_COLORS = { MASTERED: GOLD, EXCELLENT: ACCENT, PROFICIENT: "#5fb3ab", PRACTISED: FAINT } as const;

const scoreCell = (smartscore: number | null, unscored: string = OF_ALL_TIME.unscored): Cell =>
  smartscore === null
    ? { text: unscored, color: FAINT }
    : scoreBar(smartscore, { color: LEVEL_COLORS[levelOf(smartscore)] });

const REASONS = {
  ASSIGNED: "Assigned, and not completed yet",
  IN_PROGRESS: "Begun, and not proficient yet",
  READY: "Ready: all that it builds on is proficient",
} as const;

function factsOf(totals: Totals): Fact[] {
  const { questions, correct, active_time_seconds: seconds, days_practised: days, skills } = totals;
  return [
    { label: "Questions", value: String(questions), note: `${correct} right`, color: ACCENT },
    { label: "Right answers", value: questions === 0 ? "–" : `${totals.accuracy_percent} %` },
    { label: "Active time", value: minutesText(seconds) },
    { label: "Days practised", value: String(days) },
    { label: "Skills", value: String(skills), note: `${totals.skills_mastered} mastered` },
  ];
}

const skillCell = ({ skill_name, grade_number, topic_title }: NamedSkill): Cell => [
  { text: skill_name, isBold: true },
  { text: [gradeText(grade_number), topic_title].filter(Boolean).join(" · "), size: 7.5, color: SOFT },
];

function gradeText(grade: number | null): string {
  if (grade === null) return "No grade";
  return grade > 0 ? `Grade ${grade}` : grade === 0 ? "Kindergarten" : "Pre-K";
}

function periodText({ from, to }: ReportMeta["period"]): string {
  if (from === null && to === null) return "All time";
  if (from === null) return `Until ${dayText(to ?? "")}`;
  return to === null ? `Since ${dayText(from)}` : `${dayText(from)} – ${dayText(to)}`;
}

const FILTER_NAMES: Readonly<Record<string, string>> = {
  subject_slug: "subject",
  grade_number: "grade",
  topic_id: "topic",
  skill_id: "skill",
};

/** What narrows the summary, but for the score that counts, which goes without saying. */
const filterTexts = ({ score, ...filters }: ReportMeta["filters"], byLast: string): string[] => [
  ...Object.entries(filters).map(([name, value]) => `only ${FILTER_NAMES[name] ?? name} ${value}`),
  ...(score === "current" ? [byLast] : []),
];
