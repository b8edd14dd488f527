import { and, asc, eq, gt, sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { grades, skills, topics } from "../db/tables.ts";
import { WHOLE_LIST_LIMIT, wholeList } from "../http/paging.ts";
import { wholeSeconds } from "../practice/active-time.ts";
import { accuracyPercent } from "./accuracy.ts";
import { type Figures, figureColumns, practisedSkills } from "./practised-skills.ts";
import { type Report, reportMetaOf } from "./report.ts";
import type { SkillsQuery } from "./report-query.ts";
import { firstRow, type Inquiry, reportedStudent } from "./reported-student.ts";
import type { PractisedSkillDto } from "./schemas.ts";

/** The skills of which a student has answered a question, the most recently practised first. One statement. */
export async function listPractisedSkills(
  { db }: { db: Database },
  inquiry: Inquiry,
  asked: SkillsQuery,
): Promise<Report<PractisedSkillDto[]>> {
  const student = reportedStudent(db, inquiry);
  const practised = practisedSkills(db, student, asked);
  const rows = await db.query
    .with(student)
    .select({
      asOf: student.asOf,
      figures: figureColumns(practised),
      skill: { id: skills.id, title: skills.title, gradeId: skills.gradeId },
      grade: { number: grades.number },
      topic: { id: topics.id, title: topics.title },
    })
    .from(student)
    .leftJoin(practised, gt(practised.questions, 0))
    .leftJoin(skills, eq(skills.id, practised.skillId))
    .leftJoin(grades, eq(grades.id, skills.gradeId))
    // As in the catalog: a topic that is not published is not shown, its skills are.
    .leftJoin(topics, and(eq(topics.id, skills.topicId), topics.isPublished))
    .orderBy(sql`${practised.lastPracticedAt} desc`, asc(practised.skillId))
    .limit(WHOLE_LIST_LIMIT + 1);
  const { asOf } = firstRow(rows, inquiry);
  const list = rows.flatMap(({ figures, skill, grade, topic }) =>
    skill && grade ? [toPractisedSkill({ ...skill, gradeNumber: grade.number }, topic, figures)] : [],
  );
  const { data, meta: cut } = wholeList(list);
  return { data, meta: reportMetaOf(asOf, asked, cut) };
}

function toPractisedSkill(
  skill: { id: number; title: string; gradeId: number; gradeNumber: number },
  topic: { id: number; title: string } | null,
  figures: Figures,
): PractisedSkillDto {
  return {
    skill_id: skill.id,
    skill_name: skill.title,
    grade_id: skill.gradeId,
    grade_number: skill.gradeNumber,
    topic_id: topic?.id ?? null,
    topic_title: topic?.title ?? null,
    best_smartscore: figures.bestSmartscore,
    last_smartscore: figures.lastSmartscore,
    last_practiced_at: figures.lastPracticedAt.toISOString(),
    total_questions: figures.questions,
    accuracy_percent: accuracyPercent(figures.correct, figures.questions),
    total_time_seconds: wholeSeconds(figures.activeMs),
  };
}
