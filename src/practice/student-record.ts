import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { classrooms, enrolments, practiceMarks, skillProgress, users } from "../db/tables.ts";
import type { StudentRecord } from "./commands.ts";
import type { Profile } from "./student.ts";

/** The time zone of the oldest open classroom with one that a row of users is in. */
const classroomZone = sql`
  SELECT ${classrooms.timeZone} FROM ${enrolments} JOIN ${classrooms} ON ${classrooms.id} = ${enrolments.classroomId}
  WHERE ${enrolments.studentId} = ${users.id} AND ${classrooms.archivedAt} IS NULL AND ${classrooms.timeZone} IS NOT NULL
  ORDER BY ${classrooms.createdAt} LIMIT 1`;

/** The IANA time zone of a row of users, by which their days go: their own, else that of their oldest open classroom with one. */
export const TIME_ZONE = sql<string>`coalesce(${users.timeZone}, (${classroomZone}), 'UTC')`;

/** What practice goes by of a row of users. */
const PROFILE_FIELDS = {
  gradeLevel: users.gradeLevel,
  timeZone: TIME_ZONE,
  plan: users.plan,
  isActive: users.isActive,
};

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
      ...PROFILE_FIELDS,
      drainedSeq: sql<string>`coalesce(${practiceMarks.drainedSeq}, 0)`,
      lastScores: sql<[number, number][]>`(${lastScores})`,
      classroomIds: sql<string[]>`(${openClasses})`,
    })
    .from(users)
    .leftJoin(practiceMarks, eq(practiceMarks.studentId, users.id))
    .where(eq(users.id, studentId));
}

/** The record in the one row of {@link recordQuery}. */
export function toRecord({ drainedSeq, lastScores, classroomIds, ...profile }: RecordRow): StudentRecord {
  return { profile, lastScores, drainedSeq: Number(drainedSeq), classroomIds };
}

/** A student's profile alone; undefined where there is no such student. */
export async function readProfile({ query }: Database, studentId: string): Promise<Profile | undefined> {
  const [profile] = await query.select(PROFILE_FIELDS).from(users).where(eq(users.id, studentId));
  return profile;
}

/** A subquery that gives a student's profile as `jsonb`. */
export const profileOf = (studentId: SQL): SQL => sql`
  SELECT jsonb_build_object(${sql.join(
    Object.entries(PROFILE_FIELDS).map(([name, field]) => sql`${sql.raw(`'${name}'`)}, ${field}`),
    sql`, `,
  )}) FROM ${users} WHERE ${users.id} = ${studentId}`;
