import type { Database } from "../../dev/platform/postgres/database.ts";

export type School = {
  readonly teacherId: string;
  /** The class that is measured; the others make the tables large. */
  readonly classroomId: string;
  /** A student of it who has all of its assignments. */
  readonly studentId: string;
  readonly skillIds: readonly number[];
  /** One that nobody is to practise. */
  readonly otherSkillId: number;
  /** Takes all of it out of the database again. */
  readonly close: () => Promise<void>;
};

export type Size = {
  readonly classes: number;
  readonly students: number;
  readonly assignments: number;
  /** Classes of others, with as many assignments. */
  readonly otherClasses: number;
  readonly studentsOfOthers: number;
};

const TABLES = [
  "users",
  "classrooms",
  "enrolments",
  "assignments",
  "assigned_work",
  "skill_progress",
  "practice_marks",
];

/**
 * Classes of so many students, who have practised so many skills, ten answers each, and have as many assignments, half of
 * them completed, among the classes and accounts of others. Written into the tables at once, with ids of their own.
 */
export async function newSchool(database: Database, size: Size): Promise<School> {
  const [run, teacherId, othersId, classroomId] = Array.from({ length: 4 }, () => crypto.randomUUID());
  if (!run || !teacherId || !othersId || !classroomId) throw new Error("there are four ids");
  const [other, ...skills] = await database.query<{ id: number }>(
    "select id from skills where is_published order by id limit $1",
    [size.assignments + 1],
  );
  if (!other) throw new Error("there are no skills");
  const skillIds = skills.map(({ id }) => id);

  for (const [statement, params] of [
    [
      `insert into users (id, email, password_hash, full_name, role)
       select id::uuid, 'grid-' || id, $1, 'Grid Teacher', 'TEACHER' from jsonb_array_elements_text($2) as teacher(id)`,
      [run, JSON.stringify([teacherId, othersId])],
    ],
    [
      `insert into classrooms (id, teacher_id, title, grade_id)
       select case n when 1 then $1::uuid else gen_random_uuid() end,
         case when n <= $2::int then $3::uuid else $4::uuid end, 'Grid ' || n, 7 from generate_series(1, $5::int) as n`,
      [classroomId, size.classes, teacherId, othersId, size.classes + size.otherClasses],
    ],
    [
      `insert into users (id, email, password_hash, full_name, role, grade_level)
       select gen_random_uuid(), 'grid-' || $1 || '-' || n, $1, 'Student ' || n, 'STUDENT', 5 from generate_series(1, $2::int) as n`,
      [run, size.classes * size.students + size.otherClasses * size.studentsOfOthers],
    ],
    [
      `with class as (
         select id, row_number() over (order by teacher_id = $2) - 1 as slot from classrooms where teacher_id in ($1, $2)
       ),
       pupil as (select id, row_number() over () - 1 as place from users where password_hash = $3 and role = 'STUDENT'),
       placed as (
         select id, case when place < $4::int * $5::int then place / $5 else $4 + (place - $4 * $5) / $6::int end as slot
         from pupil
       )
       insert into enrolments (classroom_id, student_id) select class.id, placed.id from placed join class using (slot)`,
      [teacherId, othersId, run, size.classes, size.students, size.studentsOfOthers],
    ],
    [
      `insert into practice_marks (student_id, drained_seq, as_of)
       select id, 0, now() from users where password_hash = $1 and role = 'STUDENT'`,
      [run],
    ],
    [
      `insert into skill_progress (student_id, skill_id, best_smartscore, last_smartscore, questions, correct, active_ms,
         last_practiced_at)
       select student_id, skill::int, hashtext(student_id || skill) & 63, 50, 10, 7, 300000, now()
       from enrolments join classrooms on classrooms.id = classroom_id and teacher_id = $1,
         jsonb_array_elements_text($2) as skill`,
      [teacherId, JSON.stringify(skillIds)],
    ],
    [
      `insert into assignments (id, classroom_id, skill_id, assigned_at)
       select gen_random_uuid(), classrooms.id, skill::int, now() - interval '1 day'
       from classrooms, jsonb_array_elements_text($3) as skill where teacher_id in ($1, $2)`,
      [teacherId, othersId, JSON.stringify(skillIds)],
    ],
    [
      `insert into assigned_work (assignment_id, student_id, skill_id, best_smartscore, last_smartscore, questions,
         active_ms, completed_at, last_activity_at)
       select assignments.id, student_id, skill_id, 60, 60, 10, 300000,
         case when hashtext(student_id || skill_id::text) & 1 = 0 then now() end, now()
       from assignments join classrooms on classrooms.id = classroom_id join enrolments using (classroom_id)
       where teacher_id = $1`,
      [teacherId],
    ],
  ] as const) {
    await database.query(statement, params);
    await database.exec(`analyze ${TABLES}`);
  }
  const [student] = await database.query<{ id: string }>(
    "select student_id as id from enrolments where classroom_id = $1 limit 1",
    [classroomId],
  );
  if (!student) throw new Error("the class has no students");
  const close = async () => {
    await database.query("delete from classrooms where teacher_id in ($1, $2)", [teacherId, othersId]);
    await database.query("delete from users where password_hash = $1", [run]);
  };
  return { teacherId, classroomId, studentId: student.id, skillIds, otherSkillId: other.id, close };
}
