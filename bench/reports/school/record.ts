/** Statements that put what was practised on record, as the drain would have: sessions first. */
export const sessionsOnRecord: readonly string[] = [
  `CREATE TEMP TABLE session_ids AS
   SELECT number AS session, pg_temp.id_at(started_at, 'session ' || number) AS id FROM numbered_sessions`,

  `INSERT INTO practice_sessions (id, student_id, skill_id, started_at, finished_at, finished_reason, last_activity_at,
     active_ms, inactivity_threshold_sec, answered, correct, smartscore, best_smartscore, streak, max_streak,
     last_question_id, state)
   WITH runs AS (
     SELECT session, run, count(*) FILTER (WHERE is_correct) AS length FROM answers GROUP BY session, run
   ),
   longest AS (
     SELECT session, max(length) AS max_streak, (array_agg(length ORDER BY run DESC))[1] AS streak FROM runs GROUP BY session
   ),
   ended AS (
     SELECT session, max(at) AS at, sum(gap_ms) AS active_ms, count(*) AS answered,
       count(*) FILTER (WHERE is_correct) AS correct, (array_agg(score ORDER BY n DESC))[1] AS score,
       greatest(max(score), max(score_before) FILTER (WHERE n = 1)) AS best
     FROM answers GROUP BY session
   )
   SELECT session_ids.id, student_id, skills.id, started_at, ended.at, 'FINISHED', ended.at, active_ms, 240, answered,
     correct, score, best, streak, max_streak, 1,
     jsonb_build_object('zone', CASE WHEN score < 70 THEN 'LEARNING' WHEN score < 90 THEN 'REFINING' ELSE 'CHALLENGE' END,
       'target_levels', '[2]'::jsonb, 'recent_accuracy', 0.8)
   FROM numbered_sessions AS sessions JOIN session_ids ON session_ids.session = sessions.number
   JOIN ended ON ended.session = sessions.number JOIN longest ON longest.session = sessions.number
   JOIN numbered_skills AS skills ON skills.number = sessions.skill`,
];

/** The answers of the students from one number to before another. */
export const answersOnRecord = (from: number, to: number): string =>
  `INSERT INTO attempts (id, session_id, student_id, skill_id, question_id, level, question, correct_answer,
     submitted_answer, is_correct, mistake_type, answered_at, day, time_spent_sec, active_ms, smartscore_before,
     smartscore_after, change_reason, change_message, template_id)
   SELECT pg_temp.id_at(answers.at, 'attempt ' || answers.name), session_ids.id, student_id, items.skill_id,
     coalesce(items.question_id, 1000000000 + n), items.level,
     jsonb_build_object('type', type, 'prompt', prompt, 'explanation', explanation, 'data', CASE WHEN template_id IS NULL
       THEN data ELSE data || jsonb_build_object('_generator_id', template_id || ':' || n) END),
     correct_answer,
     CASE WHEN is_correct THEN correct_answer ELSE wrong[1 + floor(
       power(pg_temp.chance('wrong ' || answers.name), 2) * array_length(wrong, 1))::integer] END,
     is_correct, CASE WHEN NOT is_correct AND type = 'MCQ' THEN 'wrong_choice' END, answers.at,
     (answers.at AT TIME ZONE users.time_zone)::date, gap_ms / 1000, gap_ms, score_before, score,
     (ARRAY['zone', 'level', 'streak', 'recent_accuracy'])[1 + (answers.session + n) % 4],
     CASE WHEN is_correct THEN 'Right: this moves your score up.' ELSE 'Not this time: your score goes down a little.' END,
     template_id
   FROM answers JOIN session_ids USING (session) JOIN users ON users.id = student_id
   JOIN items ON items.skill = answers.skill AND items.number = answers.item
   WHERE student >= ${from} AND student < ${to}`;

/** What is added up from them. */
export const totalsOnRecord: readonly string[] = [
  `INSERT INTO skill_progress (student_id, skill_id, best_smartscore, last_smartscore, questions, correct, active_ms,
     last_practiced_at)
   SELECT student_id, skill_id, max(smartscore_after),
     (array_agg(smartscore_after ORDER BY answered_at DESC, id DESC))[1], count(*), count(*) FILTER (WHERE is_correct),
     sum(active_ms), max(answered_at)
   FROM attempts GROUP BY student_id, skill_id`,

  `INSERT INTO practice_days (student_id, day, skill_id, questions, correct, active_ms, first_smartscore, last_smartscore,
     best_smartscore, last_practiced_at)
   SELECT student_id, day, skill_id, count(*), count(*) FILTER (WHERE is_correct), sum(active_ms),
     (array_agg(smartscore_before ORDER BY answered_at, id))[1],
     (array_agg(smartscore_after ORDER BY answered_at DESC, id DESC))[1], max(smartscore_after), max(answered_at)
   FROM attempts GROUP BY student_id, day, skill_id`,

  `INSERT INTO practice_marks (student_id, drained_seq, as_of)
   SELECT student_id, count(*), max(answered_at) FROM attempts GROUP BY student_id`,
];

/** Assignments of the skills that a class practises, given over the school year, with each student's work on them. */
export const assignmentsOnRecord = (perClass: number, skills: number): readonly string[] => [
  `INSERT INTO assignments (id, classroom_id, skill_id, due_at, target_smartscore, assigned_at)
   SELECT pg_temp.id_at(given_at, 'assignment ' || classes.id || given.number), classes.id, skills.id,
     given_at + interval '14 days', (ARRAY[70, 80, 80, 90, 100])[1 + given.number % 5], given_at
   FROM numbered_classes AS classes CROSS JOIN LATERAL (
     SELECT number, (classes.shelf + number) % ${skills} AS skill,
       current_date - 170 + number * 160 / ${perClass} + interval '12 hours' AS given_at
     FROM generate_series(0, ${perClass - 1}) AS number
   ) AS given
   JOIN numbered_skills AS skills ON skills.number = given.skill`,

  `INSERT INTO assigned_work (assignment_id, student_id, skill_id, best_smartscore, last_smartscore, questions, active_ms,
     completed_at, last_activity_at)
   SELECT work.id, seats.student_id, work.skill_id, coalesce(max(a.smartscore_after), 0),
     coalesce((array_agg(a.smartscore_after ORDER BY a.answered_at DESC, a.id DESC))[1], 0), count(a.id),
     coalesce(sum(a.active_ms), 0), min(a.answered_at) FILTER (WHERE a.smartscore_after >= work.target_smartscore),
     max(a.answered_at)
   FROM assignments AS work JOIN enrolments AS seats ON seats.classroom_id = work.classroom_id
   LEFT JOIN attempts AS a
     ON a.student_id = seats.student_id AND a.skill_id = work.skill_id AND a.answered_at >= work.assigned_at
   GROUP BY work.id, seats.student_id, work.skill_id`,
];
