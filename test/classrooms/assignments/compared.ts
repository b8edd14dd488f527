import { type Json, sql } from "../../worker/client.ts";
import type { SchoolClass } from "./class.ts";

/** Every row of work in a class beside what the attempts on record say that it must be. */
export const compared = ({ id }: SchoolClass) =>
  sql<{ stored: Json; counted: Json; student_id: string; target: number }>(
    `select work.student_id, target_smartscore as target,
       jsonb_build_object('questions', work.questions, 'best', work.best_smartscore, 'last', work.last_smartscore,
         'active_ms', work.active_ms, 'completed_at', work.completed_at, 'last_activity_at', last_activity_at) as stored,
       (select jsonb_build_object('questions', count(*), 'best', coalesce(max(smartscore_after), 0),
          'last', coalesce((array_agg(smartscore_after order by answered_at desc, attempts.id desc))[1], 0),
          'active_ms', coalesce(sum(attempts.active_ms), 0),
          'completed_at', min(answered_at) filter (where smartscore_after >= target_smartscore),
          'last_activity_at', max(answered_at))
        from attempts where attempts.student_id = work.student_id and attempts.skill_id = work.skill_id
          and answered_at >= assigned_at) as counted
     from assigned_work as work join assignments on assignments.id = work.assignment_id
     where classroom_id = $1 order by assigned_at, work.student_id`,
    [id],
  );
