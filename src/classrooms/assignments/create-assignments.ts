import { inArray, type SQL, sql } from "drizzle-orm";
import { noSuchSkill } from "../../catalog/faults.ts";
import type { Database } from "../../db/client.ts";
import { idsIn } from "../../db/ids-in.ts";
import { assignments, classrooms } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import { ApiError, badFields } from "../../http/errors.ts";
import { lockMarks } from "../../practice/record/lock-marks.ts";
import { ASSIGNMENTS_A_CLASSROOM } from "../bounds.ts";
import { noSuchGroup } from "../groups/group-rows.ts";
import { referring } from "../referring.ts";
import { noSuchStudent } from "../students/enrolment-rules.ts";
import { isOpenAndTaughtBy, lockClassroom, requireTeacher, standingOf } from "../teaching.ts";
import { assignmentColumns, toAssignment } from "./assignment-dto.ts";
import { isForStudent } from "./audience.ts";
import type { AssignmentDto, NewAssignment } from "./schemas.ts";

/** The rows to make: an id each, which a repeat of the request gives too. */
export type NewRows = {
  readonly setId: string | null;
  readonly skills: readonly { readonly id: string; readonly skillId: number }[];
};

const GONE = {
  assignments_skill_id_skills_id_fk: () => noSuchSkill(),
  practice_marks_student_id_users_id_fk: noSuchStudent,
  assigned_work_student_id_users_id_fk: noSuchStudent,
};

/**
 * Makes an assignment of each skill and gives it to its students, or finds those that the same request made before. All
 * of it or nothing: `not_found` for a class, group or skill that is not there, 422 for students who are not in the class.
 * One round trip. With the marks of its students locked, it is assigned at a moment to which nothing of what they did is on
 * record yet, whatever the clocks: so their work starts from nothing, and the drain counts all from then on.
 */
export async function createAssignments(
  { db: { query } }: { db: Database },
  principal: Principal,
  { setId, skills }: NewRows,
  body: NewAssignment,
): Promise<AssignmentDto[]> {
  const { classroom_id: classroomId, group_id: groupId, student_ids: studentIds } = body;
  const assigned = {
    setId,
    skills,
    groupId: groupId ?? null,
    studentIds: studentIds ?? null,
    dueAt: body.due_at ?? null,
    targetSmartscore: body.target_smartscore,
  };
  const classroom = sql`(SELECT ${classrooms.id} FROM ${classrooms}
    WHERE ${classrooms.id} = ${classroomId} AND ${isOpenAndTaughtBy(query, principal.userId)})`;
  const ids = skills.map(({ id }) => id);
  const [, [standing], , made, rows] = await referring(GONE, () =>
    query.batch([
      lockClassroom(query, classroomId),
      standingOf(query, principal, classroomId),
      query.execute(lockMarks(audienceOf(classroom, assigned))),
      query.execute<Faults>(assign(classroom, assigned)),
      query.select(assignmentColumns).from(assignments).where(inArray(assignments.id, ids)),
    ]),
  );
  requireTeacher(standing, { toChange: true });
  refuse(made.rows[0], body);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []).map(toAssignment);
}

type Assigned = {
  readonly setId: string | null;
  readonly skills: NewRows["skills"];
  readonly groupId: string | null;
  readonly studentIds: readonly string[] | null;
  readonly dueAt: Date | null;
  readonly targetSmartscore: number;
};

/** Whom it is for, as a subquery of ids; `classroom` is a subquery too, of none where the caller may not assign. */
function audienceOf(classroom: SQL, assigned: Assigned): SQL {
  const { groupId, studentIds } = assigned;
  const isForThem =
    studentIds === null
      ? isForStudent({ audience: sql`${audienceName(assigned)}::text`, groupId: sql`${groupId}::uuid` })
      : sql`student_id IN (${idsIn(studentIds)})`;
  return sql`SELECT student_id FROM enrolments WHERE classroom_id = ${classroom} AND ${isForThem}`;
}

/** What keeps an assignment from being made, with the class locked so that it holds. */
type Faults = { unknown_skills: number[]; strangers: string[]; has_group: boolean; is_full: boolean };

const assign = (classroom: SQL, assigned: Assigned): SQL => sql`
  WITH classroom AS (SELECT id FROM ${classroom} AS open_classroom(id)),
  wanted AS (
    SELECT * FROM jsonb_to_recordset(${JSON.stringify(assigned.skills)}::jsonb) AS wanted(id uuid, "skillId" integer)
  ),
  faults AS (
    SELECT
      (SELECT coalesce(jsonb_agg("skillId"), '[]') FROM wanted
        WHERE "skillId" NOT IN (SELECT skills.id FROM skills WHERE is_published)) AS unknown_skills,
      (SELECT coalesce(jsonb_agg(id), '[]') FROM (${idsIn(assigned.studentIds ?? [])}) AS chosen
        WHERE id NOT IN (SELECT student_id FROM enrolments JOIN classroom ON classroom_id = classroom.id)) AS strangers,
      ${assigned.groupId}::uuid IS NULL OR EXISTS (
        SELECT FROM classroom_groups JOIN classroom ON classroom_id = classroom.id
        WHERE classroom_groups.id = ${assigned.groupId}::uuid) AS has_group,
      (SELECT count(*) FROM assignments JOIN classroom ON classroom_id = classroom.id
        WHERE assignments.id NOT IN (SELECT id FROM wanted)) + ${assigned.skills.length}::integer
        > ${ASSIGNMENTS_A_CLASSROOM} AS is_full
  ),
  now AS MATERIALIZED (
    SELECT greatest(clock_timestamp(), max(as_of) + interval '1 ms') AS moment
    FROM practice_marks WHERE student_id IN (${audienceOf(classroom, assigned)})
  ),
  made AS (
    INSERT INTO assignments (id, classroom_id, skill_id, due_at, target_smartscore, assigned_at, set_id, audience, group_id)
    SELECT wanted.id, classroom.id, "skillId", ${assigned.dueAt?.toISOString() ?? null}::timestamptz,
      ${assigned.targetSmartscore}::smallint, now.moment, ${assigned.setId}::uuid, ${audienceName(assigned)},
      ${assigned.groupId}::uuid
    FROM wanted, classroom, now, faults
    WHERE unknown_skills = '[]' AND strangers = '[]' AND has_group AND NOT is_full
    ON CONFLICT (id) DO NOTHING
    RETURNING id, skill_id
  ),
  given AS (
    INSERT INTO assigned_work (assignment_id, student_id, skill_id)
    SELECT made.id, audience.student_id, skill_id FROM made CROSS JOIN (${audienceOf(classroom, assigned)}) AS audience
  )
  SELECT * FROM faults`;

function audienceName({ groupId, studentIds }: Assigned): (typeof assignments.$inferSelect)["audience"] {
  if (groupId !== null) return "GROUP";
  return studentIds === null ? "CLASS" : "STUDENTS";
}

function refuse(faults: Faults | undefined, { student_ids = [] }: NewAssignment): void {
  if (!faults) throw new Error("the statement that assigns returned no row");
  const { unknown_skills, strangers, has_group, is_full } = faults;
  if (!has_group) throw noSuchGroup();
  if (unknown_skills.length > 0) throw noSuchSkill({ skill_ids: unknown_skills });
  if (strangers.length > 0) {
    throw badFields(
      strangers.map((id) => ({ path: `student_ids.${student_ids.indexOf(id)}`, message: "is not in this classroom" })),
    );
  }
  if (is_full) {
    throw new ApiError(
      "conflict",
      `A classroom has ${ASSIGNMENTS_A_CLASSROOM} assignments at most. Delete some first.`,
    );
  }
}
