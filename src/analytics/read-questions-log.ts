import { and, desc, eq, sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { practiceSessions, skillProgress, skills } from "../db/tables.ts";
import { ApiError } from "../http/errors.ts";
import { wholeSeconds } from "../practice/active-time.ts";
import { zoneOf } from "../practice/smartscore.ts";
import { accuracyPercent } from "./accuracy.ts";
import { askedQuestion } from "./asked-question.ts";
import { type AttemptRow, attemptColumns, cutPage, fits, newestAttempts, pageSize } from "./newest-attempts.ts";
import { type Figures, figureColumns, practisedSkills } from "./practised-skills.ts";
import { type Report, reportMetaOf } from "./report.ts";
import type { LogQuery } from "./report-query.ts";
import { firstRow, type Inquiry, idOf, reportedStudent } from "./reported-student.ts";
import type { LoggedAttemptDto, LoggedSessionDto, QuestionsLogDto } from "./schemas.ts";

/** So many of the newest attempts come where the caller asks for no page. */
const WHOLE = 500;

/**
 * A student's practice of one skill, question by question: sessions newest first, in each its attempts as they were
 * made. Pages go by attempts, so the oldest session of one may go on in the next. Throws `not_found` for a skill that
 * does not exist, or is not published and was never practised by this student. One statement.
 */
export async function readQuestionsLog(
  { db }: { db: Database },
  inquiry: Inquiry,
  { skillId, asked }: { skillId: number; asked: LogQuery },
): Promise<Report<QuestionsLogDto>> {
  const student = reportedStudent(db, inquiry);
  const scope = { ...asked, skill_id: skillId, size: pageSize(asked, WHOLE) };
  const practised = practisedSkills(db, student, scope);
  const page = newestAttempts(db, student, scope);
  const joined = await db.query
    .with(student)
    .select({
      asOf: student.asOf,
      isPublished: skills.isPublished,
      bestOfAllTime: skillProgress.bestSmartscore,
      figures: figureColumns(practised),
      found: page.found,
      attempt: attemptColumns(page),
      session: {
        id: practiceSessions.id,
        startedAt: practiceSessions.startedAt,
        finishedAt: practiceSessions.finishedAt,
        smartscore: practiceSessions.smartscore,
        bestSmartscore: practiceSessions.bestSmartscore,
        activeMs: practiceSessions.activeMs,
      },
    })
    .from(student)
    .leftJoin(skills, eq(skills.id, skillId))
    .leftJoin(skillProgress, and(eq(skillProgress.studentId, idOf(student)), eq(skillProgress.skillId, skillId)))
    .leftJoin(practised, sql`true`)
    .leftJoin(page, fits(page))
    .leftJoin(practiceSessions, eq(practiceSessions.id, page.sessionId))
    .orderBy(desc(page.answeredAt), desc(page.id));
  const { asOf, isPublished, bestOfAllTime, figures } = firstRow(joined, inquiry);
  if (!isPublished && bestOfAllTime === null) throw new ApiError("not_found", "There is no such skill.");
  const { rows, rest } = cutPage(joined, scope);
  return {
    data: {
      student_id: inquiry.studentId,
      skill_id: skillId,
      summary: toSummary(figures, bestOfAllTime),
      sessions: toSessions(rows),
    },
    meta: reportMetaOf(asOf, asked, rest),
  };
}

type FoundFigures = { [Name in keyof Figures]: Figures[Name] | null };

function toSummary(figures: FoundFigures, bestOfAllTime: number | null): QuestionsLogDto["summary"] {
  const questions = figures.questions ?? 0;
  return {
    total_questions_answered: questions,
    accuracy_percent: accuracyPercent(figures.correct ?? 0, questions),
    total_time_seconds: wholeSeconds(figures.activeMs ?? 0),
    last_smartscore: figures.lastSmartscore ?? 0,
    best_smartscore_all_time: bestOfAllTime ?? 0,
    last_practiced_at: figures.lastPracticedAt?.toISOString() ?? null,
  };
}

type SessionRow = Pick<
  typeof practiceSessions.$inferSelect,
  "id" | "startedAt" | "finishedAt" | "smartscore" | "bestSmartscore" | "activeMs"
>;

/** Groups rows that come newest first. */
function toSessions(rows: readonly { attempt: AttemptRow; session: SessionRow | null }[]): LoggedSessionDto[] {
  const sessions = new Map<string, LoggedSessionDto>();
  for (const { attempt, session } of rows) {
    if (!session) continue;
    const logged = sessions.get(session.id) ?? toLoggedSession(session);
    sessions.set(session.id, logged);
    logged.attempts.unshift(toLoggedAttempt(attempt));
  }
  return [...sessions.values()];
}

function toLoggedSession(session: SessionRow): LoggedSessionDto {
  return {
    session_id: session.id,
    started_at: session.startedAt.toISOString(),
    finished_at: session.finishedAt?.toISOString() ?? null,
    current_smartscore: session.smartscore,
    best_smartscore: session.bestSmartscore,
    active_time_seconds: wholeSeconds(session.activeMs),
    attempts: [],
  };
}

function toLoggedAttempt(attempt: AttemptRow): LoggedAttemptDto {
  const { type, prompt, data, explanation } = askedQuestion(attempt);
  return {
    attempt_id: attempt.id,
    question_id: attempt.questionId,
    question_level: attempt.level,
    question_payload: {
      id: attempt.questionId,
      type,
      prompt,
      data,
      correct_answer: attempt.correctAnswer,
      explanation,
    },
    submitted_answer: attempt.submittedAnswer,
    is_correct: attempt.isCorrect,
    mistake_type: attempt.mistakeType,
    answered_at: attempt.answeredAt.toISOString(),
    time_spent_seconds_for_question: attempt.timeSpentSec,
    smartscore_before: attempt.smartscoreBefore,
    smartscore_after: attempt.smartscoreAfter,
    zone_before: zoneOf(attempt.smartscoreBefore),
    zone_after: zoneOf(attempt.smartscoreAfter),
  };
}
