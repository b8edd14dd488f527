import { type SQL, sql } from "drizzle-orm";

/**
 * A statement that locks the marks of these students (a subquery of ids, or ids) until its transaction ends, in the one
 * order in which all lock them; who has none gets one. It changes nothing of a mark that is there. Whoever holds a
 * student's mark is the only one to move what the record says of them: the next statement of the same READ COMMITTED
 * transaction sees all that was moved before, and nothing moves meanwhile.
 */
export const lockMarks = (students: SQL): SQL => sql`
  INSERT INTO practice_marks (student_id, drained_seq)
  SELECT id, 0 FROM users WHERE id IN (${students}) ORDER BY id
  ON CONFLICT (student_id) DO UPDATE SET drained_seq = excluded.drained_seq WHERE false`;
