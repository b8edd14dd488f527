import { sql } from "drizzle-orm";

/** The work that students have, with its assignment: of the open classes that they are in now. */
export const workInOpenClasses = sql.raw(`
  assigned_work AS work JOIN assignments ON assignments.id = work.assignment_id
  JOIN classrooms ON classrooms.id = assignments.classroom_id AND classrooms.archived_at IS NULL
  JOIN enrolments ON enrolments.classroom_id = classrooms.id AND enrolments.student_id = work.student_id`);
