import { and, eq, sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { grades, practiceDays, skills } from "../db/tables.ts";
import { wholeSeconds } from "../practice/active-time.ts";
import { accuracyPercent } from "./accuracy.ts";
import { inPeriod, namesSkills } from "./attempts-in-scope.ts";
import { practisedSkills } from "./practised-skills.ts";
import { type Report, reportMetaOf } from "./report.ts";
import type { SkillsQuery } from "./report-query.ts";
import { firstRow, type Inquiry, idOf, reportedStudent } from "./reported-student.ts";
import type { OverviewDto } from "./schemas.ts";

/** What a student has done in all. One statement: a row a grade, added up here. */
export async function readOverview(
  { db }: { db: Database },
  inquiry: Inquiry,
  asked: SkillsQuery,
): Promise<Report<OverviewDto>> {
  const student = reportedStudent(db, inquiry);
  const practised = practisedSkills(db, student, asked);
  const activeMsOfDays = db.query
    .select({ sum: sql`sum(${practiceDays.activeMs})` })
    .from(practiceDays)
    .where(and(eq(practiceDays.studentId, idOf(student)), inPeriod(practiceDays.day, asked)));
  const rows = await db.query
    .with(student)
    .select({
      asOf: student.asOf,
      grade: grades.number,
      skills: sql`count(*) filter (where ${practised.questions} > 0)`.mapWith(Number),
      questions: sql`coalesce(sum(${practised.questions}), 0)`.mapWith(Number),
      correct: sql`coalesce(sum(${practised.correct}), 0)`.mapWith(Number),
      activeMs: sql`coalesce(sum(${practised.activeMs}), 0)`.mapWith(Number),
      activeMsOfDays: sql`coalesce((${activeMsOfDays}), 0)`.mapWith(Number),
    })
    .from(student)
    .leftJoin(practised, sql`true`)
    .leftJoin(skills, eq(skills.id, practised.skillId))
    .leftJoin(grades, eq(grades.id, skills.gradeId))
    .groupBy(student.asOf, grades.number);
  const { asOf, activeMsOfDays: ofAllSkills } = firstRow(rows, inquiry);
  return { data: toOverview(rows, namesSkills(asked) ? undefined : ofAllSkills), meta: reportMetaOf(asOf, asked) };
}

type GradeRow = { grade: number | null; skills: number; questions: number; correct: number; activeMs: number };

/** The days know the time of all skills together to the millisecond, in any period; that of some is added up by skill. */
function toOverview(rows: readonly GradeRow[], activeMsOfAllSkills: number | undefined): OverviewDto {
  const total = (member: "skills" | "questions" | "correct" | "activeMs") =>
    rows.reduce((sum, row) => sum + row[member], 0);
  const byGrade = rows.flatMap(({ grade, skills }) => (grade === null || skills === 0 ? [] : [[grade, skills]]));
  return {
    total_time_sec: wholeSeconds(activeMsOfAllSkills ?? total("activeMs")),
    skills_practiced: total("skills"),
    avg_accuracy_percent: accuracyPercent(total("correct"), total("questions")),
    total_questions_answered: total("questions"),
    total_skills_by_grade: Object.fromEntries(byGrade),
  };
}
