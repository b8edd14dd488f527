import { sql } from "drizzle-orm";
import { noSuchSkill } from "../../catalog/faults.ts";
import { catalogId } from "../../http/fields.ts";
import { wholeSeconds } from "../../practice/active-time.ts";
import { zoneOf } from "../../practice/smartscore.ts";
import { askedQuestion } from "../figures/asked-question.ts";
import { type AttemptRow, attemptPage, cutAttempts, type Found, fittingRows } from "../figures/attempt-page.ts";
import { accuracyPercent } from "../kit/accuracy.ts";
import { timeCursor } from "../kit/cursor.ts";
import { type FigureRow, figures } from "../kit/figures.ts";
import { PAGING, pageSize } from "../kit/paging.ts";
import { reportFrom } from "../kit/report.ts";
import { period, timePage } from "../kit/report-query.ts";
import { scopeOf } from "../kit/scope.ts";
import { iso, isoOrNull } from "../kit/statement.ts";
import { readStudentParts, studentReport } from "../kit/student-report.ts";
import { logSheets } from "./questions-log-sheets.ts";
import {
  exampleQuestionsLog,
  type LoggedAttemptDto,
  type LoggedSessionDto,
  type QuestionsLogDto,
  questionsLog,
} from "./schemas.ts";

/** So many of the newest attempts come where the caller asks for no page. */
const WHOLE = 500;

type SkillRow = { is_published: boolean; best_of_all_time: number | null };

type SessionRow = {
  id: string;
  started_at: string;
  finished_at: string | null;
  smartscore: number;
  best_smartscore: number;
  active_ms: number;
};

/**
 * A student's practice of one skill, question by question: sessions newest first, in each its attempts as they were
 * made. Pages go by attempts, so the oldest session of one may go on in the next. `not_found` for a skill that does not
 * exist, or is not published and was never practised by this student.
 */
export const questionsLogReport = studentReport({
  name: "questions-log",
  path: "/analytics/skills/{skill_id}/questions-log",
  operationId: "readQuestionsLog",
  summary: "A student's practice of one skill, question by question",
  description:
    "Sessions come newest first, the attempts of each in the order of practice. Without `cursor` and `limit`, the " +
    `newest 500 attempts. ${PAGING} A session that a page cuts goes on in the next.`,
  params: { skill_id: catalogId.openapi({ description: "The skill" }) },
  query: { ...period, ...timePage },
  data: questionsLog,
  example: exampleQuestionsLog,
  sheets: logSheets,
  pages: { table: "attempts", cursor: timeCursor.parameter },
  read: async ({ db }, { who, asked, params: { skill_id }, only }) => {
    const scope = { ...scopeOf(asked), skill_id };
    const { head, rows } = await readStudentParts<{
      skill: SkillRow;
      practised: FigureRow;
      attempts: AttemptRow & Found;
      sessions: SessionRow;
    }>(db, who, {
      asked,
      ctes: { practised: figures("student", scope), ...attemptPage(scope, asked, pageSize(asked, WHOLE)) },
      parts: {
        skill: sql`
          SELECT is_published, (SELECT best_smartscore FROM skill_progress WHERE skill_id = skills.id
            AND student_id = (SELECT id FROM head)) AS best_of_all_time
          FROM skills WHERE id = ${skill_id}::integer`,
        practised: sql`SELECT * FROM practised`,
        attempts: fittingRows,
        sessions: sql`
          SELECT id, started_at, finished_at, smartscore, best_smartscore, active_ms FROM practice_sessions
          WHERE id = ANY(ARRAY(SELECT session_id FROM page))`,
      },
      only: only === "attempts" ? ["skill", "attempts", "sessions"] : undefined,
    });
    const [skill] = rows.skill;
    const bestOfAllTime = skill?.best_of_all_time ?? null;
    if (!skill?.is_published && bestOfAllTime === null) throw noSuchSkill();
    const { rows: page, rest } = cutAttempts(rows.attempts, asked, head, WHOLE);
    const data = {
      student_id: who.studentId,
      skill_id,
      summary: toSummary(rows.practised[0], bestOfAllTime),
      sessions: toSessions(page, new Map(rows.sessions.map((session) => [session.id, session]))),
    };
    return reportFrom(data, head, asked, rest);
  },
});

function toSummary(figures: FigureRow | undefined, bestOfAllTime: number | null): QuestionsLogDto["summary"] {
  const { questions = 0, correct = 0, active_ms = 0 } = figures ?? {};
  return {
    total_questions_answered: questions,
    accuracy_percent: accuracyPercent(correct, questions),
    total_time_seconds: wholeSeconds(active_ms),
    last_smartscore: figures?.last_smartscore ?? 0,
    best_smartscore_all_time: bestOfAllTime ?? 0,
    last_practiced_at: isoOrNull(figures?.last_practiced_at ?? null),
  };
}

/** Groups attempts that come newest first. */
function toSessions(
  attempts: readonly AttemptRow[],
  sessions: ReadonlyMap<string, SessionRow>,
): QuestionsLogDto["sessions"] {
  const logged = new Map<string, LoggedSessionDto>();
  for (const attempt of attempts) {
    const session = sessions.get(attempt.session_id);
    if (!session) continue;
    const found = logged.get(session.id) ?? toLoggedSession(session);
    logged.set(session.id, found);
    found.attempts.unshift(toLoggedAttempt(attempt));
  }
  return [...logged.values()];
}

function toLoggedSession(session: SessionRow): LoggedSessionDto {
  return {
    session_id: session.id,
    started_at: iso(session.started_at),
    finished_at: isoOrNull(session.finished_at),
    current_smartscore: session.smartscore,
    best_smartscore: session.best_smartscore,
    active_time_seconds: wholeSeconds(session.active_ms),
    attempts: [],
  };
}

function toLoggedAttempt(attempt: AttemptRow): LoggedAttemptDto {
  const { type, prompt, data, explanation } = askedQuestion(attempt);
  return {
    attempt_id: attempt.id,
    question_id: attempt.question_id,
    question_level: attempt.level,
    question_payload: {
      id: attempt.question_id,
      type,
      prompt,
      data,
      correct_answer: attempt.correct_answer,
      explanation,
    },
    submitted_answer: attempt.submitted_answer,
    is_correct: attempt.is_correct,
    mistake_type: attempt.mistake_type,
    answered_at: iso(attempt.answered_at),
    time_spent_seconds_for_question: attempt.time_spent_sec,
    smartscore_before: attempt.smartscore_before,
    smartscore_after: attempt.smartscore_after,
    zone_before: zoneOf(attempt.smartscore_before),
    zone_after: zoneOf(attempt.smartscore_after),
    change_reason: attempt.change_reason,
    change_message: attempt.change_message,
  };
}
