import { and, asc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { classrooms, enrolments, practiceMarks, skillProgress, users } from "../db/tables.ts";
import type { StudentRecord } from "./commands.ts";

type RecordRow = Awaited<ReturnType<typeof recordQuery>>[number];

/** The statement behind a student's record, to run alone or in a batch; {@link toRecord} reads its row. */
export function recordQuery(query: Database["query"], studentId: string) {
  const classroomZone = query
    .select({ timeZone: classrooms.timeZone })
    .from(enrolments)
    .innerJoin(classrooms, eq(classrooms.id, enrolments.classroomId))
    .where(and(eq(enrolments.studentId, users.id), isNull(classrooms.archivedAt), isNotNull(classrooms.timeZone)))
    .orderBy(asc(classrooms.createdAt))
    .limit(1);
  const lastScores = query
    .select({
      scores: sql`coalesce(jsonb_agg(jsonb_build_array(${skillProgress.skillId}, ${skillProgress.lastSmartscore})), '[]')`,
    })
    .from(skillProgress)
    .where(eq(skillProgress.studentId, users.id));
  return query
    .select({
      gradeLevel: users.gradeLevel,
      timeZone: sql<string>`coalesce(${users.timeZone}, (${classroomZone}), 'UTC')`,
      plan: users.plan,
      isActive: users.isActive,
      drainedSeq: sql<string>`coalesce(${practiceMarks.drainedSeq}, 0)`,
      lastScores: sql<[number, number][]>`(${lastScores})`,
    })
    .from(users)
    .leftJoin(practiceMarks, eq(practiceMarks.studentId, users.id))
    .where(eq(users.id, studentId));
}

export function toRecord({ drainedSeq, lastScores, ...profile }: RecordRow): StudentRecord {
  return { profile, lastScores, drainedSeq: Number(drainedSeq) };
}
