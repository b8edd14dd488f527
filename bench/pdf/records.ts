import type { Database } from "../../src/db/client.ts";

/** SQL on the database behind the product. */
export type Run = (text: string, params: readonly unknown[]) => Promise<unknown>;

export const runOn =
  ({ http }: Database): Run =>
  (text, params) =>
    http.query(text, [...params]);

/** A finished session of a skill with so many answers of a student's; gives its id. */
export async function addSession(run: Run, studentId: string, answers: number): Promise<string> {
  const id = crypto.randomUUID();
  await run(
    `insert into practice_sessions (id, student_id, skill_id, started_at, finished_at, finished_reason, last_activity_at,
       active_ms, inactivity_threshold_sec, answered, correct, smartscore, best_smartscore, streak, max_streak, state)
     values ($1, $2, 1, now() - interval '1 hour', now(), 'FINISHED', now(), $3::int * 20000, 240, $3::int,
       $3::int * 4 / 5, 78, 84, 2, 9, '{}')`,
    [id, studentId, answers],
  );
  await run(
    `insert into attempts (id, session_id, student_id, skill_id, question_id, level, question, correct_answer,
       submitted_answer, is_correct, answered_at, day, time_spent_sec, active_ms, smartscore_before, smartscore_after,
       change_reason, change_message)
     select gen_random_uuid(), $1, $2, 1, n, 2,
       jsonb_build_object('type', 'MCQ', 'prompt', case when n % 10 = 3
           then left(repeat('Lena shares ' || n || ' boxes of 12 pencils with the friends in her class. ', 9), 500)
           else 'What is ' || n || ' × 12?' end,
         'data', jsonb_build_object('choices', jsonb_build_array(
           jsonb_build_object('id', 'A', 'text', n * 12), jsonb_build_object('id', 'B', 'text', n * 12 + 1))),
         'explanation', 'Ten times and two times ' || n || '.'),
       '{"choice":"A"}', jsonb_build_object('choice', case when n % 5 = 0 then 'B' else 'A' end), n % 5 <> 0,
       now() - interval '1 hour' + n * interval '1 second', current_date, 5 + n % 90, 20000,
       n % 90, n % 90 + case when n % 5 = 0 then -4 else 3 end, 'zone',
       case when n % 5 = 0 then '−4: in this zone a wrong answer costs some points.'
         else '+3: in this zone a right answer moves you up a good step.' end
     from generate_series(1, $3::int) as n`,
    [id, studentId, answers],
  );
  return id;
}

/** A class of so many students with an assignment that a third has completed and a third has begun; gives its id. */
export async function addAssignment(run: Run, teacherId: string, students: number): Promise<string> {
  const [classroomId, id] = [crypto.randomUUID(), crypto.randomUUID()];
  await run("insert into classrooms (id, teacher_id, title, grade_id) values ($1, $2, 'Bench class', 7)", [
    classroomId,
    teacherId,
  ]);
  await run("insert into assignments (id, classroom_id, skill_id) values ($1, $2, 1)", [id, classroomId]);
  await run(
    `with person as (
       insert into users (id, email, password_hash, full_name, role, grade_level)
       select gen_random_uuid(), 'pdf-' || $1 || '-' || n || '@example.com', '-', 'Zoë Владислав ' || n, 'STUDENT', 5
       from generate_series(1, $4::int) as n returning id),
     enrolled as (insert into enrolments (classroom_id, student_id) select $2::uuid, id from person)
     insert into assigned_work (assignment_id, student_id, skill_id, best_smartscore, last_smartscore, questions, active_ms,
       completed_at, last_activity_at)
     select $3::uuid, id, 1, case place % 3 when 0 then 85 when 1 then 40 else 0 end,
       case place % 3 when 0 then 82 when 1 then 38 else 0 end, case when place % 3 < 2 then 30 else 0 end,
       case when place % 3 < 2 then 900000 else 0 end, case when place % 3 = 0 then now() end,
       case when place % 3 < 2 then now() end
     from (select id, row_number() over () as place from person) as numbered`,
    [crypto.randomUUID(), classroomId, id, students],
  );
  return id;
}

/** What a student has come to on so many skills. */
export async function addProgress(run: Run, studentId: string, skills: number): Promise<void> {
  await run(
    `insert into skill_progress (student_id, skill_id, best_smartscore, last_smartscore, questions, correct, active_ms,
       last_practiced_at)
     select $1, id, id * 17 % 101, id * 17 % 101, 40, 31, 1149000, now() from skills where is_published
     order by id limit $2::int on conflict do nothing`,
    [studentId, skills],
  );
}
