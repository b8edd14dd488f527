import { type SQL, sql } from "drizzle-orm";

type Audience = {
  /** One of AUDIENCES, as a column or a value. */
  readonly audience: SQL;
  /** The group's id, or null. */
  readonly groupId: SQL;
};

const OF_ASSIGNMENT: Audience = { audience: sql`assignments.audience`, groupId: sql`assignments.group_id` };

/**
 * Whether an assignment to the class or to a group is for the student of a row of enrolments in its class, as class and
 * group stand now: a condition. One to students who were chosen once is for nobody by it.
 */
export const isForStudent = ({ audience, groupId }: Audience = OF_ASSIGNMENT): SQL => sql`
  (${audience} = 'CLASS' OR (${audience} = 'GROUP' AND EXISTS (
    SELECT FROM group_members AS member
    WHERE member.group_id = ${groupId} AND member.student_id = enrolments.student_id)))`;
