import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "./platform.ts";
import type { Acknowledged, Practised } from "./practising.ts";

type Attempt = {
  readonly student_id: string;
  readonly session_id: string;
  readonly question_id: number;
  readonly is_correct: boolean;
  readonly smartscore_after: number;
};
/** Of sessions, of skills and of days, in this order. */
type Totals = {
  readonly student_id: string;
  readonly questions: readonly number[];
  readonly active_ms: readonly number[];
};

/** How the record differs from what students were told. All zero: every answer is there exactly once, as it was told. */
export type Differences = {
  /** Acknowledged, and not in the record. */
  readonly missing: number;
  /** In the record, and never acknowledged, or more than once. */
  readonly extra: number;
  /** In the record, but not as it was told. */
  readonly different: number;
  /** Students whose sums (of sessions, skills and days) are not the number of their answers, or not all the same time. */
  readonly wrongSums: number;
};

/** How long Postgres may lag behind. */
const PATIENCE_MS = 90_000;
const POLL_MS = 250;

/** Nothing differs: every answer is on record exactly once, as it was told. */
export const NO_DIFFERENCES: Differences = { missing: 0, extra: 0, different: 0, wrongSums: 0 };

/** What differs when the record holds as many answers as were acknowledged, or when it has had time enough for that. */
export async function differencesInRecord(platformUrl: string, practised: readonly Practised[]): Promise<Differences> {
  const acknowledged = practised.reduce((sum, { answers }) => sum + answers.length, 0);
  const since = performance.now();
  for (;;) {
    const differences = await compare(platformUrl, practised);
    const isSettled = Object.values(differences).every((count) => count === 0);
    if (isSettled || acknowledged === 0 || performance.now() - since > PATIENCE_MS) return differences;
    await sleep(POLL_MS);
  }
}

async function compare(platformUrl: string, practised: readonly Practised[]): Promise<Differences> {
  const students = practised.map(({ studentId }) => studentId);
  const attempts = await sql<Attempt>(
    platformUrl,
    `select student_id, session_id, question_id::int, is_correct, smartscore_after
     from attempts where student_id = any($1) order by answered_at, id`,
    [students],
  );
  const totals = await sql<Totals>(
    platformUrl,
    `select id as student_id, json_build_array(sessions.questions, skills.questions, days.questions) as questions,
       json_build_array(sessions.active_ms, skills.active_ms, days.active_ms) as active_ms
     from users,
       lateral (select coalesce(sum(answered), 0) as questions, coalesce(sum(active_ms), 0) as active_ms
         from practice_sessions where student_id = users.id) as sessions,
       lateral (select coalesce(sum(questions), 0) as questions, coalesce(sum(active_ms), 0) as active_ms
         from skill_progress where student_id = users.id) as skills,
       lateral (select coalesce(sum(questions), 0) as questions, coalesce(sum(active_ms), 0) as active_ms
         from practice_days where student_id = users.id) as days
     where id = any($1)`,
    [students],
  );
  const recorded = Map.groupBy(attempts, ({ session_id }) => session_id);
  const told = Map.groupBy(
    practised.flatMap(({ answers }) => answers),
    ({ sessionId }) => sessionId,
  );
  let [missing, extra, different] = [0, 0, 0];
  for (const sessionId of new Set([...recorded.keys(), ...told.keys()])) {
    const answers = (told.get(sessionId) ?? []).toSorted((a, b) => a.number - b.number);
    const rows = recorded.get(sessionId) ?? [];
    missing += Math.max(0, answers.length - rows.length);
    extra += Math.max(0, rows.length - answers.length);
    different += answers.filter((answer, index) => !isSame(answer, index, rows[index])).length;
  }
  const wrongSums = practised.filter(({ studentId, answers }) => {
    const { questions = [], active_ms = [] } = totals.find((row) => row.student_id === studentId) ?? {};
    return questions.length === 0 || questions.some((sum) => sum !== answers.length) || new Set(active_ms).size !== 1;
  }).length;
  return { missing, extra, different, wrongSums };
}

/** A row that is not there is missing, not different. */
function isSame({ number, questionId, isCorrect, smartscore }: Acknowledged, index: number, row?: Attempt): boolean {
  if (!row) return true;
  const isAsTold =
    row.question_id === questionId && row.is_correct === isCorrect && row.smartscore_after === smartscore;
  return isAsTold && number === index + 1;
}
