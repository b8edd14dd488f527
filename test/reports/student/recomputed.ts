import { sql } from "../../worker/client.ts";

export type RawAttempt = {
  id: string;
  session_id: string;
  skill_id: number;
  question_id: number;
  level: number;
  question: { type: string; prompt: string; data: Record<string, unknown>; explanation: string };
  correct_answer: Record<string, unknown>;
  submitted_answer: Record<string, unknown>;
  is_correct: boolean;
  mistake_type: string | null;
  answered_at: string;
  day: string;
  time_spent_sec: number;
  smartscore_before: number;
  smartscore_after: number;
  change_reason: string;
  change_message: string;
  template_id: string | null;
  subject: string;
  topic_id: number | null;
  grade: number;
};

export type RawSession = {
  id: string;
  skill_id: number;
  active_ms: number;
  answered: number;
  started_at: string;
  finished_at: string | null;
  smartscore: number;
  best_smartscore: number;
};

/** Everything on record of a student's practice, oldest first, as plain rows: nothing is added up by the database. */
export async function rawPractice(studentId: string) {
  const rows = await sql<{ row: RawAttempt }>(
    `select to_jsonb(attempts) || jsonb_build_object('answered_at', ${iso("answered_at")}, 'grade', grades.number,
       'subject', subjects.slug, 'topic_id', skills.topic_id) as row
     from attempts join skills on skills.id = skill_id join grades on grades.id = grade_id
     join subjects on subjects.id = subject_id where student_id = $1`,
    [studentId],
  );
  const sessions = await sql<{ row: RawSession }>(
    `select to_jsonb(s) || jsonb_build_object('started_at', ${iso("started_at")}, 'finished_at', ${iso("finished_at")})
       as row from practice_sessions s where student_id = $1`,
    [studentId],
  );
  const attempts = rows.map(({ row }) => row);
  attempts.sort((a, b) => compare(a.answered_at, b.answered_at) || compare(a.id, b.id));
  return { attempts, sessions: sessions.map(({ row }) => row) };
}

const iso = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export type Raw = Awaited<ReturnType<typeof rawPractice>>;

/** The figures of attempts of one skill, oldest first, counted one by one. */
export function figuresOf(attempts: readonly RawAttempt[]) {
  let right = 0;
  let best = 0;
  for (const attempt of attempts) {
    if (attempt.is_correct) right += 1;
    best = Math.max(best, attempt.smartscore_after);
  }
  const last = attempts.at(-1);
  return {
    questions: attempts.length,
    right,
    accuracy: attempts.length === 0 ? 0 : Number(((right / attempts.length) * 100).toFixed(1)),
    best,
    last: last?.smartscore_after ?? 0,
    lastAt: last?.answered_at ?? null,
  };
}

export function groupBy<T, K>(list: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of list) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
