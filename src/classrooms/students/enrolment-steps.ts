import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { enrolments } from "../../db/tables.ts";
import { givingWork } from "../assignments/give-work.ts";
import { STUDENTS_A_CLASSROOM } from "../bounds.ts";
import { holdRoles } from "../hold-roles.ts";
import { lockClassroom } from "../teaching.ts";
import { isInMost } from "./enrolment-rules.ts";

type Enrolment = {
  /** The class's id: a value, or a subquery that gives one or none. */
  readonly classroomId: SQL | string;
  /**
   * A subquery that gives the id of each student to enrol, one column: active STUDENT accounts, and none at all where the
   * caller may not enrol them. It is read anew by each statement.
   */
  readonly students: SQL;
};

/**
 * The statements by which students come into a class, in their order, for one transaction (`inOneBatch`), which can hold
 * others between and after them. All of the students come in, or none where the class would hold more than it may or one
 * of them be in more than they may; who is in it already stays as they are. `enrol` gives the ids of those who are new, who
 * have the class's open assignments from then on.
 */
export function enrolmentSteps(query: Database["query"], { classroomId, students }: Enrolment) {
  const taken = sql`(select count(*) from ${enrolments} where ${enrolments.classroomId} = ${classroomId})`;
  const work = givingWork(query, { classroomId, students });
  return {
    lock: lockClassroom(query, classroomId),
    holdRoles: holdRoles(query, students),
    lockMarks: work.lockMarks,
    enrol: query.execute<{ student_id: string }>(sql`
      with new_student as (
        select student.id from (${students}) as student(id)
        where not exists (
          select 1 from ${enrolments} where ${enrolments.classroomId} = ${classroomId} and ${enrolments.studentId} = student.id
        )
      )
      insert into ${enrolments} (classroom_id, student_id)
      select ${classroomId}::uuid, id from new_student
      where ${taken} + (select count(*) from new_student) <= ${STUDENTS_A_CLASSROOM}
        and not exists (select 1 from new_student as busy where ${isInMost(sql`busy.id`)})
      on conflict do nothing
      returning student_id`),
    give: work.give,
  };
}
