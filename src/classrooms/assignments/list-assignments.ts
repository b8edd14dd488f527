import { and, desc, eq } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { assignments, classrooms } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import { WHOLE_LIST_LIMIT } from "../../http/paging.ts";
import { isOpenAndTaughtBy, isTaughtBy, requireTeacher, standing } from "../teaching.ts";
import { assignmentColumns, toAssignment } from "./assignment-dto.ts";
import type { AssignmentDto } from "./schemas.ts";

const newestFirst = [desc(assignments.assignedAt), desc(assignments.id)];

/** The assignments of one class that the caller teaches, the newest first, with one more than a whole list holds. */
export async function listAssignmentsOf(
  { db: { query } }: { db: Database },
  principal: Principal,
  classroomId: string,
): Promise<AssignmentDto[]> {
  const rows = await query
    .select({ ...standing(query, principal), assignment: assignmentColumns })
    .from(classrooms)
    .leftJoin(assignments, and(eq(assignments.classroomId, classrooms.id), isTaughtBy(query, principal.userId)))
    .where(eq(classrooms.id, classroomId))
    .orderBy(...newestFirst)
    .limit(WHOLE_LIST_LIMIT + 1);
  requireTeacher(rows[0], { toChange: false });
  return rows.flatMap(({ assignment }) => (assignment ? [toAssignment(assignment)] : []));
}

/** The same of all open classes that the caller teaches. */
export async function listAssignments(
  { db: { query } }: { db: Database },
  { userId }: Principal,
): Promise<AssignmentDto[]> {
  const rows = await query
    .select(assignmentColumns)
    .from(classrooms)
    .innerJoin(assignments, eq(assignments.classroomId, classrooms.id))
    .where(isOpenAndTaughtBy(query, userId))
    .orderBy(...newestFirst)
    .limit(WHOLE_LIST_LIMIT + 1);
  return rows.map(toAssignment);
}
