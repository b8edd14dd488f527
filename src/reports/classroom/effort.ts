import { sql } from "drizzle-orm";
import { z } from "../../http/zod.ts";
import { newestAnswers, type OlderAnswer, olderAnswers } from "../figures/newest-answers.ts";
import { classMembers, classOf, exampleClass } from "../kit/class-data.ts";
import { classReport, readClassParts } from "../kit/class-report.ts";
import { type StudentRow, skillName, studentColumns, type Unnamed } from "../kit/columns.ts";
import { cutTo, reportFrom } from "../kit/report.ts";
import { period, skillFilters } from "../kit/report-query.ts";
import { classScopeOf, inDays, isOf, nearDays, ofSkills } from "../kit/scope.ts";
import { sheetOf } from "../kit/sheet.ts";
import { iso } from "../kit/statement.ts";
import { column, tableOf } from "../kit/table.ts";

const DAYS = 30;

/**
 * Rapid guessing by a normative threshold (NT10): an answer that took less than 10 % of the item's mean time, 10 seconds at
 * most, is too quick to have been thought about. S. L. Wise and L. Ma, Setting response time thresholds for a CAT item
 * pool: the normative threshold method (2012). Here only wrong ones are flagged: who knows the answer may be quick.
 */
const THRESHOLD_SHARE = 0.1;
const LONGEST_THRESHOLD_SEC = 10;
/** A mean of fewer answers is not usual: that of the whole skill stands in, and without that nothing is flagged. */
const LEAST_ANSWERS = 10;

/** A report looks at so many answers, the newest of the period. */
const MOST_ANSWERS = 25_000;

/** So many students' skills are listed, those with the most rapid guesses. */
const MOST_SKILLS = 500;

/** So many flagged answers are listed, the newest. */
const MOST_FLAGGED = 200;

type EffortRow = { questions: number; rapid: number };

const NOTHING: EffortRow = { questions: 0, rapid: 0 };

type StudentEffortRow = StudentRow & EffortRow;
type SkillEffortRow = StudentEffortRow & { skill_id: number; skill_name: string };
type FlaggedRow = StudentRow & {
  attempt_id: string;
  skill_id: number;
  skill_name: string;
  question_prompt: string;
  answered_at: string;
  time_spent_sec: number;
  usual_sec: number;
};

const effortColumns = {
  questions: column.count("Questions answered", 64, (row: EffortRow) => row.questions),
  rapid_guesses: column.count("Wrong, and far too quick to have been thought about", 5, (row: EffortRow) => row.rapid),
  rapid_guess_percent: column.numberOrNull(
    "Of the questions answered, to one decimal; null without any",
    7.8,
    ({ questions, rapid }: EffortRow) => (questions === 0 ? null : Math.round((rapid * 1000) / questions) / 10),
  ),
};

const students = tableOf<StudentEffortRow>()("StudentEffort", { ...studentColumns, ...effortColumns });
const skills = tableOf<SkillEffortRow>()("SkillEffort", { ...studentColumns, ...skillName, ...effortColumns });
const flagged = tableOf<FlaggedRow>()("RapidGuess", {
  ...studentColumns,
  attempt_id: column.uuid("The attempt", "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c101", (row) => row.attempt_id),
  ...skillName,
  question_prompt: column.text("The question as it stood", "What is 7 × 8?", (row) => row.question_prompt),
  answered_at: column.moment("When", "2026-11-22T08:00:12.000Z", (row) => iso(row.answered_at)),
  time_spent_seconds: column.count("What it took", 1, (row) => row.time_spent_sec),
  usual_time_seconds: column.numberOrNull(
    "What the class usually takes, to one decimal",
    14.2,
    (row) => Math.round(row.usual_sec * 10) / 10,
  ),
});

const data = z
  .object({
    ...classMembers,
    students: z.array(students.schema),
    skills: z.array(skills.schema),
    rapid_guesses: z.array(flagged.schema),
  })
  .openapi("ClassEffort");

type ClassEffortDto = z.output<typeof data>;

/** Who guesses rapidly, apart from who cannot do it yet. */
export const effortReport = classReport({
  name: "effort",
  path: "/teacher/classrooms/{id}/effort",
  operationId: "readClassEffort",
  summary: "Effort: answers that were wrong and far too quick to have been thought about",
  description:
    "The last 30 days unless others are asked for. A rapid guess is a wrong answer in less than 10 % of the class's mean " +
    "time for that question or template (of the skill, where it had fewer than 10 answers), 10 seconds at most. For " +
    "teachers only; it counts in no score. `students` are all of the class, `skills` the 500 with the most rapid " +
    "guesses, `rapid_guesses` the newest 200. Of more than 25,000 answers the newest count. `meta.truncated` says that " +
    "there are more of any of these.",
  query: { ...period, ...skillFilters },
  days: DAYS,
  data,
  example: {
    ...exampleClass,
    students: [students.example],
    skills: [skills.example],
    rapid_guesses: [flagged.example],
  },
  sheets: {
    students: sheetOf(students, ({ students }: ClassEffortDto) => students),
    skills: sheetOf(skills, ({ skills }: ClassEffortDto) => skills),
    rapid_guesses: sheetOf(flagged, ({ rapid_guesses }: ClassEffortDto) => rapid_guesses),
  },
  read: async ({ db }, { who, asked }) => {
    const scope = classScopeOf(asked, DAYS);
    const {
      classroom,
      head,
      rows,
      students: roster,
    } = await readClassParts<{
      students: EffortRow & { student_id: string };
      skills: Unnamed<SkillEffortRow>;
      flagged: Unnamed<FlaggedRow>;
      older: OlderAnswer;
    }>(db, who, {
      asked,
      days: DAYS,
      ctes: {
        ...newestAnswers(
          sql`
            SELECT id, student_id, skill_id, coalesce(template_id::text, question_id::text) AS item, is_correct,
              time_spent_sec, answered_at
            FROM attempts WHERE ${isOf("class", sql`student_id`)} AND ${nearDays(sql`answered_at`, scope)}
              AND ${inDays(sql`day`, scope)} AND ${ofSkills(sql`skill_id`, scope)}`,
          MOST_ANSWERS,
        ),
        // Windows and no joins: nobody knows beforehand how many answers there are, and a join would be planned for one.
        answers: sql`
          SELECT id, student_id, skill_id, is_correct, time_spent_sec, answered_at,
            count(*) OVER of_item AS item_answers, avg(time_spent_sec) OVER of_item AS item_sec,
            count(*) OVER of_skill AS skill_answers, avg(time_spent_sec) OVER of_skill AS skill_sec
          FROM answered
          WINDOW of_skill AS (PARTITION BY skill_id), of_item AS (PARTITION BY skill_id, item)`,
        usual: sql`
          SELECT *, CASE WHEN item_answers >= ${LEAST_ANSWERS} THEN item_sec
            WHEN skill_answers >= ${LEAST_ANSWERS} THEN skill_sec END AS usual_sec
          FROM answers`,
        timed: sql`
          SELECT *, coalesce(NOT is_correct AND time_spent_sec < usual_sec * ${THRESHOLD_SHARE}::numeric
            AND time_spent_sec < ${LONGEST_THRESHOLD_SEC}::integer, false) AS is_rapid
          FROM usual`,
      },
      parts: {
        students: sql`
          SELECT student_id, count(*) AS questions, count(*) FILTER (WHERE is_rapid) AS rapid
          FROM timed GROUP BY student_id`,
        skills: sql`
          SELECT counted.*, skills.title AS skill_name FROM (
            SELECT student_id, skill_id, count(*) AS questions, count(*) FILTER (WHERE is_rapid) AS rapid
            FROM timed GROUP BY student_id, skill_id HAVING count(*) FILTER (WHERE is_rapid) > 0
            ORDER BY rapid DESC, student_id, skill_id LIMIT ${MOST_SKILLS + 1}) AS counted
          JOIN skills ON skills.id = counted.skill_id ORDER BY rapid DESC, student_id, skill_id`,
        flagged: sql`
          SELECT rapid.id AS attempt_id, rapid.student_id, rapid.skill_id, skills.title AS skill_name,
            attempts.question ->> 'prompt' AS question_prompt, rapid.answered_at, rapid.time_spent_sec, rapid.usual_sec
          FROM (SELECT * FROM timed WHERE is_rapid ORDER BY answered_at DESC, id DESC LIMIT ${MOST_FLAGGED + 1}) AS rapid
          JOIN skills ON skills.id = rapid.skill_id JOIN attempts ON attempts.id = rapid.id
          ORDER BY rapid.answered_at DESC, rapid.id DESC`,
        older: olderAnswers(MOST_ANSWERS),
      },
    });
    const ofStudent = new Map(rows.students.map((row) => [row.student_id, row]));
    const { rows: listed, rest: restOfSkills } = cutTo(rows.skills, MOST_SKILLS);
    const { rows: newest, rest: restOfFlagged } = cutTo(rows.flagged, MOST_FLAGGED);
    const data = {
      ...classOf(classroom),
      students: roster.all.map((student) =>
        students.row({ ...NOTHING, ...ofStudent.get(student.student_id), ...student }),
      ),
      skills: listed
        .flatMap((row) => roster.named(row) ?? [])
        .toSorted((a, b) => b.rapid - a.rapid || roster.compare(a, b) || a.skill_id - b.skill_id)
        .map(skills.row),
      rapid_guesses: newest.flatMap((row) => roster.named(row) ?? []).map(flagged.row),
    };
    return reportFrom(
      data,
      head,
      asked,
      rows.older.length > 0 ? { truncated: true } : { ...restOfSkills, ...restOfFlagged },
    );
  },
});
