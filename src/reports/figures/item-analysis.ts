import { type SQL, sql } from "drizzle-orm";
import { z } from "../../http/zod.ts";
import { answerText, QUESTION_TYPES, type QuestionType } from "../../practice/question.ts";
import { type SkillRow, skillColumns } from "../kit/columns.ts";
import { skillNames, skillTables } from "../kit/figures.ts";
import type { Rest } from "../kit/report-meta.ts";
import { sheetOf } from "../kit/sheet.ts";
import { column, tableOf } from "../kit/table.ts";
import { type ItemAnswer, type ItemStatistics, itemStatistics, LEAST_ANSWERS } from "./item-statistics.ts";
import { newestAnswers, type OlderAnswer, olderAnswers } from "./newest-answers.ts";

/** An analysis is of so many answers, the newest. */
const MOST_ANSWERS = 10_000;

/** So many different wrong answers are looked at, the most frequent; questions that are one template's count apart. */
const MOST_WRONG = 4_000;

/** So much may be prompts, and so much wrong answers, as JSON: Postgres over HTTP refuses replies of 10 MB. */
const MOST_BYTES = 2_500_000;

/** Of each item so many wrong answers are shown, the most frequent. */
const SHOWN_WRONG = 10;

/** Outside their own class, no figure is of fewer students. */
const LEAST_STUDENTS = 5;

type AnswerRow = { item: string; student: number; is_correct: boolean; seconds: number };

type QuestionRow = {
  item: string;
  question_id: number | null;
  template_id: string | null;
  level: number;
  type: QuestionType;
  prompt: string;
  found: number;
};

type WrongRow = {
  item: string;
  type: QuestionType;
  data: Record<string, unknown> | null;
  submitted_answer: Record<string, unknown>;
  students: number[];
  times: number;
  found: number;
};

/** The rows of an analysis' statement; `found` counts them before what is too much for one reply is left out. */
export type ItemParts = {
  skill: SkillRow;
  answers: AnswerRow;
  questions: QuestionRow;
  wrong: WrongRow;
  older: OlderAnswer;
};

type ItemRow = QuestionRow & ItemStatistics;
type WrongAnswerRow = Pick<QuestionRow, "question_id" | "template_id"> & { answer: string; times: number; n: number };

const itemColumns = {
  question_id: column.idOrNull(
    "The stored question; null where a template made it",
    1,
    (row: WhichItem) => row.question_id,
  ),
  template_id: column.uuidOrNull("The template that made it", null, (row: WhichItem) => row.template_id),
};

type WhichItem = Pick<QuestionRow, "question_id" | "template_id">;

const items = tableOf<ItemRow>()("AnalysedItem", {
  ...itemColumns,
  question_type: column.oneOf(QUESTION_TYPES, "Its type", "MCQ", (row) => row.type),
  question_level: column.id("1 to 5", 2, (row) => row.level),
  question_prompt: column.text("As it was put last", "What is 7 × 8?", (row) => row.prompt),
  n: column.count("Times asked: answers that the figures are of", 42, (row) => row.n),
  students: column.count("Students who gave them", 24, (row) => row.students),
  share_right: column.numberOrNull("p: the share of right answers, 0 to 1", 0.762, (row) => row.shareRight),
  discrimination: column.numberOrNull(
    "Point-biserial correlation of right or wrong with the share right of the student's other items, −1 to 1",
    0.41,
    (row) => row.discrimination,
  ),
  median_time_seconds: column.numberOrNull("Of the time that clients say it took", 14.5, (row) => row.medianSeconds),
});

const wrongAnswers = tableOf<WrongAnswerRow>()("WrongAnswer", {
  ...itemColumns,
  answer: column.text("As text for display", "54", (row) => row.answer),
  times: column.count("How often it was given", 7, (row) => row.times),
  share: column.numberOrNull(
    "Of all answers to the item, 0 to 1",
    0.167,
    (row) => Math.round((row.times / row.n) * 1000) / 1000,
  ),
});

const skill = tableOf<SkillRow>()("ItemAnalysisSkill", skillColumns);

export const itemMembers = {
  skill: skill.schema,
  items: z.array(items.schema),
  wrong_answers: z.array(wrongAnswers.schema),
};

export const exampleItems = {
  skill: skill.example,
  items: [items.example],
  wrong_answers: [wrongAnswers.example],
};

type ItemsDto = { items: (typeof items.example)[]; wrong_answers: (typeof wrongAnswers.example)[] };

export const itemSheets = {
  items: sheetOf(items, ({ items }: ItemsDto) => items),
  wrong_answers: sheetOf(wrongAnswers, ({ wrong_answers }: ItemsDto) => wrong_answers),
};

/** What every analysis says of itself. */
export const ANALYSIS_SAID =
  `The newest ${MOST_ANSWERS.toLocaleString("en")} answers of the period. An item is a stored question or a template. ` +
  `Figures are null on fewer than ${LEAST_ANSWERS} answers; of an item with as many, the 10 most frequent wrong answers ` +
  "are listed.";

/** The parts of an analysis of the attempts that this statement selects, the newest first. */
export const itemParts = (skillId: number) => ({
  skill: sql`SELECT ${skillNames} FROM (VALUES (${skillId}::integer)) AS asked (id) ${skillTables(sql`asked.id`)}`,
  answers: sql`SELECT item, student, is_correct, time_spent_sec AS seconds FROM answers`,
  questions: sql`
    SELECT item, question_id, template_id, level, type, prompt, found FROM (
      SELECT *, count(*) OVER () AS found,
        sum(octet_length(to_json(prompt)::text)) OVER (ORDER BY n DESC, item) AS bytes
      FROM (
        SELECT DISTINCT ON (item) item, n, CASE WHEN template_id IS NULL THEN question_id END AS question_id, template_id,
          level, question ->> 'type' AS type, question ->> 'prompt' AS prompt
        FROM answers ORDER BY item, answered_at DESC, id DESC) AS items) AS sized
    WHERE bytes <= ${MOST_BYTES}`,
  wrong: sql`
    SELECT item, type, data, submitted_answer, students, times, found FROM (
      SELECT *, row_number() OVER most_frequent AS place, count(*) OVER () AS found,
        sum(octet_length(data::text) + octet_length(submitted_answer::text)) OVER most_frequent AS bytes
      FROM (
        SELECT item, question ->> 'type' AS type, data, submitted_answer, array_agg(DISTINCT student) AS students,
          count(*) AS times
        FROM answers CROSS JOIN LATERAL (SELECT jsonb_strip_nulls(jsonb_build_object(
          'choices', question #> '{data,choices}', 'unit', question #> '{data,unit}')) AS data) AS shown
        WHERE NOT is_correct AND n >= ${LEAST_ANSWERS}
        GROUP BY item, question ->> 'type', data, submitted_answer) AS given
      WINDOW most_frequent AS (ORDER BY times DESC, item, data, submitted_answer)) AS sized
    WHERE place <= ${MOST_WRONG} AND bytes <= ${MOST_BYTES}`,
  older: olderAnswers(MOST_ANSWERS),
});

/**
 * The CTE `answers`, of the attempts that a statement selects: each with which item it is of and how many are of that, and
 * students by number, as who they are is not needed.
 */
export const analysedAnswers = (attempts: SQL) => ({
  ...newestAnswers(attempts, MOST_ANSWERS),
  answers: sql`
    SELECT *, count(*) OVER (PARTITION BY item) AS n FROM (
      SELECT coalesce(template_id::text, question_id::text) AS item, dense_rank() OVER (ORDER BY student_id) AS student,
        id, question_id, template_id, level, question, submitted_answer, is_correct, time_spent_sec, answered_at
      FROM answered) AS items`,
});

/** So many attempts tell all that an analysis looks at, and whether there is more. */
export const LOOKED_AT = MOST_ANSWERS + 1;

/** What a report says of the rest: there are older answers, or more texts than one reply holds. */
export function restOf({ older, questions, wrong }: Rows): Rest {
  const isCut = (rows: readonly { found: number }[]) => rows.length < (rows[0]?.found ?? 0);
  return older.length > 0 || isCut(questions) || isCut(wrong) ? { truncated: true } : {};
}

type Rows = { readonly [Name in Exclude<keyof ItemParts, "skill">]: readonly ItemParts[Name][] };

/**
 * An analysis, the items asked most often first. `isOwnClass` false leaves out whatever fewer than 5 students did: items,
 * how they discriminate, and wrong answers.
 */
export function analysed(rows: Rows, { isOwnClass }: { isOwnClass: boolean }): ItemsDto {
  const isShown = (students: number) => isOwnClass || students >= LEAST_STUDENTS;
  const answers = rows.answers.map(({ is_correct, ...answer }): ItemAnswer => ({ ...answer, isRight: is_correct }));
  const statistics = itemStatistics(answers);
  const found = rows.questions
    .flatMap((question): ItemRow[] => {
      const figures = statistics.get(question.item);
      if (!figures || !isShown(figures.students)) return [];
      return [{ ...question, ...figures, discrimination: isShown(figures.compared) ? figures.discrimination : null }];
    })
    .toSorted((a, b) => b.n - a.n || (a.item < b.item ? -1 : 1));
  const wrong = wrongByItem(rows.wrong);
  const listed = found
    .filter(({ n }) => n >= LEAST_ANSWERS)
    .flatMap((item) =>
      [...(wrong.get(item.item) ?? [])]
        .filter(([, { students }]) => isShown(students.size))
        .map(([answer, { times }]): WrongAnswerRow => ({ ...item, answer, times }))
        .toSorted((a, b) => b.times - a.times || (a.answer < b.answer ? -1 : 1))
        .slice(0, SHOWN_WRONG),
    );
  return { items: found.map(items.row), wrong_answers: listed.map(wrongAnswers.row) };
}

type Wrong = { times: number; readonly students: Set<number> };

/** Wrong answers as people read them: of a template's questions, those with the same text are one. */
function wrongByItem(rows: readonly WrongRow[]): Map<string, Map<string, Wrong>> {
  const byItem = new Map<string, Map<string, Wrong>>();
  for (const { item, type, data, submitted_answer, students, times } of rows) {
    const texts = byItem.get(item) ?? new Map<string, Wrong>();
    byItem.set(item, texts);
    const text = answerText({ type, data: data ?? {} }, submitted_answer);
    const wrong = texts.get(text) ?? { times: 0, students: new Set() };
    texts.set(text, wrong);
    wrong.times += times;
    for (const student of students) wrong.students.add(student);
  }
  return byItem;
}

export const skillRow = skill.row;
