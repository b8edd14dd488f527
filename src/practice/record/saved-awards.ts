import { type SQL, sql } from "drizzle-orm";
import { newCertificateCode } from "../../awards/certificate-code.ts";
import { CERTIFICATE_SCORES, MILESTONES, SCORE_AWARDS } from "../../awards/thresholds.ts";
import type { NumberedEvent } from "../drain.ts";

type Step = { readonly kind: string; readonly threshold: number };

/** The steps as rows to join. They are our own table's, so their words and numbers go in as they are. */
const rowsOf = (steps: readonly Step[]): SQL =>
  sql.raw(
    `(VALUES ${steps.map(({ kind, threshold }) => `('${kind}', ${threshold})`).join(", ")}) AS step (kind, threshold)`,
  );

const milestones = (kind: keyof typeof MILESTONES): Step[] =>
  MILESTONES[kind].map((threshold) => ({ kind, threshold }));

const certificateScores = rowsOf(Object.entries(CERTIFICATE_SCORES).map(([kind, threshold]) => ({ kind, threshold })));

const LONGEST_STREAK = sql.raw(String(Math.max(...MILESTONES.STREAK)));

/** The first answer of the batch that reached each step of a skill's SmartScore. */
const won: SQL = sql`
  won AS (
    SELECT DISTINCT ON (skill_id, threshold) student_id, step.kind, skill_id, threshold, at, day, seq
    FROM counted JOIN ${rowsOf(SCORE_AWARDS)} ON score_after >= threshold
    WHERE is_attempt ORDER BY skill_id, threshold, seq
  )`;

/** The skills that the batch is the first to master, each with how many there are with it. */
const newlyMastered: SQL = sql`
  newly_mastered AS (
    SELECT student_id, at, row_number() OVER (ORDER BY seq) + (
        SELECT count(*) FROM awards JOIN mark USING (student_id) WHERE kind = 'MEDAL'
      ) AS skills
    FROM won WHERE kind = 'MEDAL' AND NOT EXISTS (
      SELECT FROM awards AS had
      WHERE had.student_id = won.student_id AND had.kind = 'MEDAL' AND had.skill_id = won.skill_id
    )
  )`;

/** Each event with what the student had come to with it, over all skills. */
const runningTotals: SQL = sql`
  running_totals AS (
    SELECT counted.student_id, at, is_attempt, credit_ms,
      before.questions + count(*) FILTER (WHERE is_attempt) OVER so_far AS questions,
      before.active_ms + sum(credit_ms) OVER so_far AS active_ms
    FROM counted, (
      SELECT coalesce(sum(questions), 0) AS questions, coalesce(sum(active_ms), 0) AS active_ms
      FROM skill_progress JOIN mark USING (student_id)
    ) AS before
    WINDOW so_far AS (ORDER BY seq)
  )`;

/** The days on which nothing had been answered, each with its first answer. */
const newDays: SQL = sql`
  new_days AS (
    SELECT student_id, day, min(seq) AS seq, (array_agg(at ORDER BY seq))[1] AS at
    FROM counted WHERE is_attempt GROUP BY student_id, day
    HAVING (
      SELECT true FROM practice_days AS had
      WHERE had.student_id = counted.student_id AND had.day = counted.day AND had.questions > 0 LIMIT 1
    ) IS NULL
  )`;

/**
 * How many days in a row each new day made. Days mostly come in order, but a clock may be put back or a time zone changed:
 * so a day may also close the gap between two streaks.
 */
const streaks: SQL = sql`
  streaks AS (
    SELECT new_days.student_id, new_days.seq, new_days.at, streak.days
    FROM new_days CROSS JOIN LATERAL (
      SELECT count(*) AS days FROM (
        SELECT day, day - row_number() OVER (ORDER BY day)::integer AS run FROM (
          SELECT had.day FROM practice_days AS had
          WHERE had.student_id = new_days.student_id AND had.questions > 0
            AND had.day BETWEEN new_days.day - ${LONGEST_STREAK} AND new_days.day + ${LONGEST_STREAK}
          UNION
          SELECT also.day FROM new_days AS also WHERE also.seq <= new_days.seq
        ) AS practised
      ) AS runs
      GROUP BY run HAVING bool_or(day = new_days.day)
    ) AS streak
  )`;

/** What the answers of a batch have earned by number, time and days: any may, and the tables alone tell. */
const earnedByAny: SQL = sql`
    SELECT student_id, kind, NULL::integer AS skill_id, threshold, at
    FROM running_totals JOIN ${rowsOf([...milestones("QUESTIONS"), ...milestones("MINUTES")])} ON CASE kind
      WHEN 'QUESTIONS' THEN is_attempt AND questions = threshold
      ELSE active_ms >= threshold * 60000 AND active_ms - credit_ms < threshold * 60000 END
    UNION ALL
    (SELECT DISTINCT ON (threshold) student_id, kind, NULL, threshold, at
    FROM streaks JOIN ${rowsOf(milestones("STREAK"))} ON days >= threshold ORDER BY threshold, seq)`;

/** What they have earned by a SmartScore. */
const earnedByScore: SQL = sql`
    SELECT student_id, kind, skill_id, threshold, at FROM won
    UNION ALL
    SELECT student_id, kind, NULL, threshold, at
    FROM newly_mastered JOIN ${rowsOf(milestones("SKILLS_MASTERED"))} ON skills = threshold`;

const savedOf = (earned: SQL): SQL => sql`
  saved_awards AS (
    INSERT INTO awards (student_id, kind, skill_id, threshold, earned_at)
    SELECT student_id, kind, skill_id, threshold, at FROM (${earned}) AS earned
    ON CONFLICT ON CONSTRAINT awards_once DO NOTHING
    RETURNING student_id, skill_id, threshold, earned_at
  )`;

/**
 * A certificate that a teacher gave stands until it is taken back, which then leaves the one that is earned here; one that
 * was given and taken back before gives way to it.
 */
const savedCertificates: SQL = sql`
  saved_certificates AS (
    INSERT INTO certificates (code, student_id, skill_id, type, student_name, earned_at, day)
    SELECT ${newCertificateCode}, users.id, skill_id, step.kind, full_name, earned_at, won.day
    FROM saved_awards JOIN won USING (student_id, skill_id, threshold) JOIN ${certificateScores} USING (threshold)
    JOIN users ON users.id = student_id
    ON CONFLICT ON CONSTRAINT certificates_once DO UPDATE SET code = excluded.code,
      student_name = excluded.student_name, earned_at = excluded.earned_at, day = excluded.day, awarded_by = NULL, revoked_at = NULL
    WHERE certificates.revoked_at IS NOT NULL
  )`;

const byAny = [runningTotals, newDays, streaks];

/**
 * What the events have earned, each once, with the moment of the very answer (or credit of time) that reached it, and the
 * certificates that come with it. The tables are read as they were before the events. A batch that earns nothing costs the
 * sum of the student's few rows of progress and, for each of its days, a look whether it is new.
 */
export const withoutScores: SQL = sql.join([...byAny, savedOf(earnedByAny)], sql`,`);

/** The same with what is earned by a SmartScore: parts that need not even be planned where no answer reached one. */
export const withScores: SQL = sql.join(
  [...byAny, won, newlyMastered, savedOf(sql`${earnedByAny} UNION ALL ${earnedByScore}`), savedCertificates],
  sql`,`,
);

/** Whether an answer led to the score of a ribbon or the medal from below. */
export const reachesAScore = ({ event }: NumberedEvent): boolean =>
  event.kind === "answered" &&
  SCORE_AWARDS.some(({ threshold }) => event.scoreBefore < threshold && threshold <= event.scoreAfter);
