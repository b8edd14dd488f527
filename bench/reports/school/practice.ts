import type { Size } from "./size.ts";

/** From the first day of practice to the last, yesterday or today. */
const DAYS = 180;
/** So many times on one day a student may sit down to practise, ninety minutes apart. */
const SLOTS = 3;
const LEAST_ANSWERS = 5;
const MOST_ANSWERS = 35;
/** A session of this length, to make the PDF of: every fiftieth student has one. */
const LONG = 60;
/** Skills that one student practises at all. */
const BREADTH = 40;
/** How many sessions more than are needed are thought up, so that a number of answers can be cut to size. */
const SPARE = 1.25;

/**
 * Sessions, then their answers, as temporary tables. A student practises more on school days, mostly the first skills of
 * their shelf; an answer is right more often the more talented the student, the easier the question and the more of them
 * they have answered rightly; some guess in a hurry. The SmartScore follows right answers and falls with recent wrong ones.
 */
export const practice = ({ students, skills, attempts }: Size): readonly string[] => {
  const sessions = attempts / ((LEAST_ANSWERS + MOST_ANSWERS) / 2);
  const sits = (sessions * SPARE) / (students * DAYS * SLOTS);
  return [
    `CREATE TEMP TABLE numbered_sessions AS
     WITH sat AS (
       SELECT students.*, day::date AS day, slot, students.number || ' ' || day::date || ' ' || slot AS name
       FROM numbered_students AS students
       CROSS JOIN generate_series(current_date - ${DAYS - 1}, current_date, interval '1 day') AS day
       CROSS JOIN generate_series(0, ${SLOTS - 1}) AS slot
       WHERE pg_temp.chance('sits ' || students.number || ' ' || day::date || ' ' || slot)
         < ${sits} * (0.4 + 1.2 * keen) * CASE WHEN extract(isodow FROM day) < 6 THEN 1.25 ELSE 0.375 END
     ),
     sized AS (
       SELECT *, CASE WHEN number % 50 = 0 AND row_number() OVER (PARTITION BY number ORDER BY day, slot) = 1 THEN ${LONG}
         ELSE ${LEAST_ANSWERS} + floor(pg_temp.chance('size ' || name) * ${MOST_ANSWERS - LEAST_ANSWERS + 1})::integer
         END AS size
       FROM sat
     ),
     added_up AS (SELECT *, sum(size) OVER (ORDER BY size = ${LONG} DESC, pg_temp.chance('keep ' || name), name) AS total FROM sized)
     SELECT number AS student, id AS student_id, talent, day AS on_day, least(size, ${attempts} - (total - size)) AS size,
       (shelf + floor(power(pg_temp.chance('skill ' || name), 2) * ${Math.min(BREADTH, skills)})::integer) % ${skills} AS skill,
       row_number() OVER (ORDER BY day, slot, number) AS number,
       day + interval '13 hours' + slot * interval '90 minutes' + pg_temp.chance('minute ' || name) * interval '25 minutes'
         AS started_at
     FROM added_up WHERE total - size < ${attempts}`,

    `CREATE TEMP TABLE answers AS
     WITH put AS (
       SELECT sessions.*, n, items.level, items.template_id, items.question_id, items.number AS item,
         sessions.number || ' ' || n AS name,
         pg_temp.chance('hurry ' || sessions.number || ' ' || n) < CASE sessions.student % 10 WHEN 0 THEN 0.25 ELSE 0.01 END
           AS hurries
       FROM numbered_sessions AS sessions CROSS JOIN LATERAL generate_series(1, sessions.size) AS n
       JOIN items ON items.skill = sessions.skill
         AND items.number = floor(pg_temp.chance('item ' || sessions.number || ' ' || n) * items.items)
     ),
     answered AS (
       SELECT *, CASE WHEN hurries THEN 1200 + 1500 * pg_temp.chance('gap ' || name)
           ELSE 6000 + 60000 * power(pg_temp.chance('gap ' || name), 2) END::integer AS gap_ms,
         pg_temp.chance('right ' || name)
           < CASE WHEN hurries THEN 0.25 ELSE 0.6 + 0.36 * talent - 0.03 * (level - 2) END AS is_correct
       FROM put
     ),
     counted AS (
       SELECT *, sum(gap_ms) OVER (PARTITION BY number ORDER BY n) AS after_ms,
         count(*) FILTER (WHERE is_correct) OVER before_and_now AS rights,
         count(*) FILTER (WHERE NOT is_correct)
           OVER (before_and_now ROWS BETWEEN 9 PRECEDING AND CURRENT ROW) AS recent_wrongs
       FROM answered
       WINDOW before_and_now AS (PARTITION BY student, skill ORDER BY number, n)
     ),
     scored AS (
       SELECT *, greatest(0, least(100, round(103 * (1 - exp(-rights / 9.0))) - 4 * recent_wrongs))::smallint AS score
       FROM counted
     )
     SELECT number AS session, n, student, student_id, skill, item, level, gap_ms, is_correct, name,
       started_at + after_ms * interval '1 ms' AS at, score,
       lag(score, 1, 0::smallint) OVER (PARTITION BY student, skill ORDER BY number, n) AS score_before,
       count(*) FILTER (WHERE NOT is_correct) OVER (PARTITION BY number ORDER BY n) AS run
     FROM scored`,

    "CREATE INDEX ON answers (student)",
    "ANALYZE answers",
    "ANALYZE items",
  ];
};
