import { sql } from "drizzle-orm";
import { wholeSeconds } from "../../practice/active-time.ts";
import { accuracyPercent } from "../kit/accuracy.ts";
import { figures } from "../kit/figures.ts";
import { reportFrom } from "../kit/report.ts";
import { period, skillFilters } from "../kit/report-query.ts";
import { scopeOf } from "../kit/scope.ts";
import { sheetReading } from "../kit/sheet.ts";
import { readStudentParts, studentReport } from "../kit/student-report.ts";
import { exampleOverview, type OverviewDto, overview } from "./schemas.ts";

type GradeRow = { grade_number: number; skills: number; questions: number; correct: number; active_ms: number };

/** What a student has done in all: a row a grade, added up here. */
export const overviewReport = studentReport({
  name: "overview",
  path: "/analytics/overview",
  operationId: "readAnalyticsOverview",
  summary: "What a student has done in all",
  description: "With `from` or `to`, of those days; time is active time.",
  query: { ...period, ...skillFilters },
  data: overview,
  example: exampleOverview,
  sheets: {
    overview: sheetReading(
      {
        total_time_sec: (data: OverviewDto) => data.total_time_sec,
        skills_practiced: (data) => data.skills_practiced,
        avg_accuracy_percent: (data) => data.avg_accuracy_percent,
        total_questions_answered: (data) => data.total_questions_answered,
      },
      (data: OverviewDto) => [data],
    ),
    grades: sheetReading(
      { grade_number: ([grade]: [string, number]) => Number(grade), total_skills: ([, skills]) => skills },
      (data: OverviewDto) => Object.entries(data.total_skills_by_grade),
    ),
  },
  read: async ({ db }, { who, asked }) => {
    const { head, rows } = await readStudentParts<{ grades: GradeRow }>(db, who, {
      asked,
      ctes: { practised: figures("student", scopeOf(asked)) },
      parts: {
        grades: sql`
          SELECT grades.number AS grade_number, count(*) FILTER (WHERE practised.questions > 0) AS skills,
            sum(practised.questions) AS questions, sum(practised.correct) AS correct, sum(practised.active_ms) AS active_ms
          FROM practised JOIN skills ON skills.id = practised.skill_id JOIN grades ON grades.id = skills.grade_id
          GROUP BY grades.number`,
      },
    });
    return reportFrom(toOverview(rows.grades), head, asked);
  },
});

function toOverview(rows: readonly GradeRow[]): OverviewDto {
  const total = (member: "skills" | "questions" | "correct" | "active_ms") =>
    rows.reduce((sum, row) => sum + row[member], 0);
  const byGrade = rows.flatMap(({ grade_number, skills }) => (skills === 0 ? [] : [[grade_number, skills]]));
  return {
    total_time_sec: wholeSeconds(total("active_ms")),
    skills_practiced: total("skills"),
    avg_accuracy_percent: accuracyPercent(total("correct"), total("questions")),
    total_questions_answered: total("questions"),
    total_skills_by_grade: Object.fromEntries(byGrade),
  };
}
