import { sql } from "drizzle-orm";
import { WHOLE_LIST_LIMIT } from "../../http/paging.ts";
import { wholeSeconds } from "../../practice/active-time.ts";
import { accuracyPercent } from "../kit/accuracy.ts";
import type { SkillRow } from "../kit/columns.ts";
import { type FigureRow, figures, skillNames, skillTables } from "../kit/figures.ts";
import { cutTo, reportFrom } from "../kit/report.ts";
import { period, skillFilters } from "../kit/report-query.ts";
import { scopeOf } from "../kit/scope.ts";
import { sheetReading } from "../kit/sheet.ts";
import { iso } from "../kit/statement.ts";
import { readStudentParts, studentReport } from "../kit/student-report.ts";
import { examplePractisedSkill, type PractisedSkillDto, practisedSkills } from "./schemas.ts";

type PractisedRow = SkillRow & FigureRow & { grade_id: number };

/** The skills of which a student has answered a question, the most recently practised first. */
export const practisedSkillsReport = studentReport({
  name: "skills",
  path: "/analytics/skills",
  operationId: "listPractisedSkills",
  summary: "A student's skills, the most recently practised first",
  description:
    "Skills with at least one answer; 500 at most. With `from` or `to`, all figures are those of the period: the best " +
    "and the last score that its answers led to, and its active time.",
  query: { ...period, ...skillFilters },
  data: practisedSkills,
  example: [examplePractisedSkill],
  sheets: {
    skills: sheetReading(
      {
        skill_id: (row: PractisedSkillDto) => row.skill_id,
        skill_name: (row) => row.skill_name,
        grade_id: (row) => row.grade_id,
        grade_number: (row) => row.grade_number,
        topic_id: (row) => row.topic_id,
        topic_title: (row) => row.topic_title,
        best_smartscore: (row) => row.best_smartscore,
        last_smartscore: (row) => row.last_smartscore,
        last_practiced_at: (row) => row.last_practiced_at,
        total_questions: (row) => row.total_questions,
        accuracy_percent: (row) => row.accuracy_percent,
        total_time_seconds: (row) => row.total_time_seconds,
      },
      (data: PractisedSkillDto[]) => data,
    ),
  },
  read: async ({ db }, { who, asked }) => {
    const { head, rows } = await readStudentParts<{ skills: PractisedRow }>(db, who, {
      asked,
      ctes: { practised: figures("student", scopeOf(asked)) },
      parts: {
        skills: sql`
          SELECT ${skillNames}, skills.grade_id, questions, correct, active_ms, best_smartscore, last_smartscore,
            last_practiced_at
          FROM practised ${skillTables(sql`practised.skill_id`)} WHERE questions > 0
          ORDER BY last_practiced_at DESC, practised.skill_id LIMIT ${WHOLE_LIST_LIMIT + 1}`,
      },
    });
    const { rows: list, rest } = cutTo(rows.skills, WHOLE_LIST_LIMIT);
    return reportFrom(list.map(toPractisedSkill), head, asked, rest);
  },
});

function toPractisedSkill(row: PractisedRow): PractisedSkillDto {
  return {
    skill_id: row.skill_id,
    skill_name: row.skill_name,
    grade_id: row.grade_id,
    grade_number: row.grade_number,
    topic_id: row.topic_id,
    topic_title: row.topic_title,
    best_smartscore: row.best_smartscore ?? 0,
    last_smartscore: row.last_smartscore ?? 0,
    last_practiced_at: iso(row.last_practiced_at),
    total_questions: row.questions,
    accuracy_percent: accuracyPercent(row.correct, row.questions),
    total_time_seconds: wholeSeconds(row.active_ms),
  };
}
