import { and, asc, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { classrooms, enrolments, practiceMarks, skillProgress, users } from "../db/tables.ts";
import type { StudentRecord } from "./commands.ts";

type RecordRow = Awaited<ReturnType<typeof recordQuery>>[number];

/** The statement behind a student's record, to run alone or in a batch; {@link toRecord} reads its row. */
export function recordQuery(query: Database["query"], studentId: string) {
  const lastScores = query
    .select({
      scores: sql`coalesce(jsonb_agg(jsonb_build_array(${skillProgress.skillId}, ${skillProgress.lastSmartscore})), '[]')`,
    })
    .from(skillProgress)
    .where(eq(skillProgress.studentId, users.id));
  const openClasses = query
    .select({ ids: sql`coalesce(jsonb_agg(${classrooms.id}), '[]')` })
    .from(enrolments)
    .innerJoin(classrooms, eq(classrooms.id, enrolments.classroomId))
    .where(and(eq(enrolments.studentId, users.id), isNull(classrooms.archivedAt)));
  return query
    .select({
      ...profileFields(query),
      drainedSeq: sql<string>`coalesce(${practiceMarks.drainedSeq}, 0)`,
      lastScores: sql<[number, number][]>`(${lastScores})`,
      classroomIds: sql<string[]>`(${openClasses})`,
    })
    .from(users)
    .leftJoin(practiceMarks, eq(practiceMarks.studentId, users.id))
    .where(eq(users.id, studentId));
}

export function toRecord({ drainedSeq, lastScores, classroomIds, ...profile }: RecordRow): StudentRecord {
  return { profile, lastScores, drainedSeq: Number(drainedSeq), classroomIds };
}

/** The profiles of these users, a condition on their rows, each with its `studentId`. */
export const profilesQuery = (query: Database["query"], students: SQL) =>
  query
    .select({ studentId: users.id, profile: profileFields(query) })
    .from(users)
    .where(students);

/** What practice goes by of a row of users. */
const profileFields = (query: Database["query"]) => ({
  gradeLevel: users.gradeLevel,
  timeZone: timeZoneOf(query),
  plan: users.plan,
  isActive: users.isActive,
});

/** The IANA time zone of a row of users, by which their days go: their own, else that of their oldest open classroom with one. */
export function timeZoneOf(query: Database["query"]): SQL<string> {
  const classroomZone = query
    .select({ timeZone: classrooms.timeZone })
    .from(enrolments)
    .innerJoin(classrooms, eq(classrooms.id, enrolments.classroomId))
    .where(and(eq(enrolments.studentId, users.id), isNull(classrooms.archivedAt), isNotNull(classrooms.timeZone)))
    .orderBy(asc(classrooms.createdAt))
    .limit(1);
  return sql<string>`coalesce(${users.timeZone}, (${classroomZone}), 'UTC')`;
}
