import { sql } from "drizzle-orm";
import { TIME_ZONE } from "../practice/student-record.ts";

/**
 * Of a row of classrooms, the last day that reports on it are of: the local day of its archive, the earliest where its
 * students live by several zones; null of an open class.
 */
export const closedDay = sql`(CASE WHEN classrooms.archived_at IS NOT NULL THEN coalesce(
  (SELECT min(local_day(classrooms.archived_at, zone)) FROM (
    SELECT DISTINCT coalesce(users.time_zone, classrooms.time_zone, ${TIME_ZONE}) AS zone
    FROM enrolments JOIN users ON users.id = enrolments.student_id
    WHERE enrolments.classroom_id = classrooms.id) AS zones),
  local_day(classrooms.archived_at, coalesce(classrooms.time_zone, 'UTC'))) END)`;
