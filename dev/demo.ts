import { setTimeout as sleep } from "node:timers/promises";
import { loadCatalog, type Question } from "../drizzle/seed/catalog.ts";
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from "../src/pages/demo-accounts.ts";
import type { SessionView, SubmitReply } from "../src/practice/schemas.ts";
import type { LoggedAttemptDto, QuestionsLogDto } from "../src/reports/student/schemas.ts";
import { rightAnswer, wrongAnswer } from "./demo/answers.ts";
import { differences, type Told } from "./demo/check-log.ts";
import { type ApiClient, apiClient } from "./demo/client.ts";
import { endProgress, showProgress } from "./demo/progress.ts";
import { runCommand, say } from "./local/say.ts";

const [{ email: STUDENT }] = DEMO_ACCOUNTS;
/** Without templates: the answers to the seed's own questions are known here. */
const SKILL_ID = 1;
/** How long the student thinks about a question. */
const THINKING_MS = 700;
/** So many answers are wrong on purpose, before the rest are right. */
const MISTAKES = 2;
/** How long the record may lag behind the replies. */
const PATIENCE_MS = 60_000;
const POLL_MS = 500;

/** The whole product in half a minute: the demo student practises a skill to mastery, and the record is checked against the replies. */
await runCommand(async () => {
  const baseUrl = (process.env.BASE_URL ?? "http://127.0.0.1:8787").replace(/\/$/, "");
  const catalog = await loadCatalog();
  const skill = catalog.skills.find(({ id }) => id === SKILL_ID);
  const { access_token: token } = await apiClient(baseUrl, undefined, sayWait).post<{ access_token: string }>(
    "/auth/login",
    { email: STUDENT, password: DEMO_PASSWORD },
  );
  const api = apiClient(baseUrl, token, sayWait);
  const session = await api.post<SessionView>("/practice/sessions", { skill_id: SKILL_ID });
  say(`${STUDENT} practises "${skill?.title}" at ${baseUrl}, from SmartScore ${session.smartscore}.`);
  const keys = new Map(catalog.questions.map((question) => [question.id, question]));
  const told = await practise(api, session, keys);

  const log = await caughtUpLog(api, session.id, told.length + session.questions_answered);
  sayLog(log, session.id, told.length);
  const faults = differences(told, attemptsOf(log, session.id));
  if (faults.length > 0) throw new Error(`The record is not what the replies said:\n  ${faults.join("\n  ")}`);
  say(`\nAll ${told.length} answers are in the record as the replies said.`);
});

/** Answers until the session is finished; resolves with what the replies said. */
async function practise(api: ApiClient, session: SessionView, keys: ReadonlyMap<number, Question>): Promise<Told[]> {
  const told: Told[] = [];
  let { smartscore, current_question: asked } = session;
  while (asked !== null) {
    const question = keys.get(asked.id);
    if (question === undefined) throw new Error(`Question ${asked.id} is not in the seed catalog.`);
    await sleep(THINKING_MS);
    const isRight = told.length >= MISTAKES;
    const submitted = isRight ? rightAnswer(question) : wrongAnswer(question);
    const body = { question_id: asked.id, submitted_answer: submitted, time_spent_sec: THINKING_MS / 1000 };
    const reply = await api.post<SubmitReply>(`/practice/sessions/${session.id}/submit`, body);
    if (reply.is_correct !== isRight) {
      throw new Error(`${asked.prompt}: ${JSON.stringify(submitted)} was taken for ${isRight ? "wrong" : "right"}.`);
    }
    told.push({
      questionId: asked.id,
      submitted,
      isCorrect: reply.is_correct,
      key: reply.correct_answer_data,
      scoreBefore: smartscore,
      scoreAfter: reply.session.smartscore,
    });
    ({ smartscore } = reply.session);
    showProgress(smartscore, `${reply.is_correct ? "✓" : "✗"} ${asked.prompt}`);
    asked = reply.next_question;
  }
  endProgress();
  return told;
}

/** The log once it holds so many attempts of the session; rejects where that takes longer than a minute. */
async function caughtUpLog(api: ApiClient, sessionId: string, count: number): Promise<QuestionsLogDto> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const log = await api.get<QuestionsLogDto>(`/analytics/skills/${SKILL_ID}/questions-log`);
    const found = attemptsOf(log, sessionId).length;
    if (found >= count) return log;
    if (performance.now() > deadline) throw new Error(`The record holds ${found} of ${count} answers after a minute.`);
    await sleep(POLL_MS);
  }
}

function attemptsOf(log: QuestionsLogDto, sessionId: string): LoggedAttemptDto[] {
  return log.sessions.find((session) => session.session_id === sessionId)?.attempts ?? [];
}

function sayLog(log: QuestionsLogDto, sessionId: string, count: number): void {
  const { summary } = log;
  say(`\nThe questions log (${summary.total_questions_answered} answers in all, the last ${count} here):`);
  for (const attempt of attemptsOf(log, sessionId).slice(-count)) {
    const { prompt } = attempt.question_payload;
    const scores = `${attempt.smartscore_before} → ${attempt.smartscore_after}`.padEnd(9);
    say(
      `  ${attempt.is_correct ? "✓" : "✗"} ${scores} level ${attempt.question_level}  ${prompt}  ${JSON.stringify(attempt.submitted_answer)}`,
    );
  }
  say(
    `  ${summary.accuracy_percent} % right, ${summary.total_time_seconds} s, best SmartScore ${summary.best_smartscore_all_time}`,
  );
}

function sayWait(seconds: number): void {
  endProgress();
  say(`  The limit of answers a minute is reached: waiting ${seconds} s, as Retry-After says.`);
}
