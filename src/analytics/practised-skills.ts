import { and, eq, sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { attempts, practiceSessions, skillProgress } from "../db/tables.ts";
import { answeredIn, ofSkills } from "./attempts-in-scope.ts";
import type { Period, SkillFilters } from "./report-query.ts";
import { idOf, type ReportedStudent } from "./reported-student.ts";

/**
 * A student's figures by skill, for a statement to join: all time's, or those of a period. The names are long because
 * drizzle writes computed columns without the name of their subquery: they must differ from every other in the statement.
 */
export function practisedSkills(db: Database, student: ReportedStudent, scope: Period & SkillFilters) {
  return scope.from === undefined && scope.to === undefined
    ? everPractised(db, student, scope)
    : practisedIn(db, student, scope);
}

/** As the record keeps them: one row a skill, by its primary key. A skill may have time and no answer. */
function everPractised(db: Database, student: ReportedStudent, filters: SkillFilters) {
  return db.query
    .select({
      skillId: sql`${skillProgress.skillId}`.mapWith(Number).as("practised_skill_id"),
      questions: sql`${skillProgress.questions}`.mapWith(Number).as("practised_questions"),
      correct: sql`${skillProgress.correct}`.mapWith(Number).as("practised_correct"),
      activeMs: sql`${skillProgress.activeMs}`.mapWith(Number).as("practised_active_ms"),
      bestSmartscore: sql`${skillProgress.bestSmartscore}`.mapWith(Number).as("practised_best_smartscore"),
      lastSmartscore: sql`${skillProgress.lastSmartscore}`.mapWith(Number).as("practised_last_smartscore"),
      lastPracticedAt: sql`${skillProgress.lastPracticedAt}`
        .mapWith(skillProgress.lastPracticedAt)
        .as("practised_last_practiced_at"),
    })
    .from(skillProgress)
    .where(and(eq(skillProgress.studentId, idOf(student)), ofSkills(db, skillProgress.skillId, filters)))
    .as("practised");
}

/**
 * Added up from the period's attempts: the best and the last score that an answer of the period led to. A session's
 * active time is on record as one sum, so one that runs past an end of the period counts by the share of its answers
 * that lie inside.
 */
function practisedIn(db: Database, student: ReportedStudent, scope: Period & SkillFilters) {
  const inSession = db.query
    .select({
      sessionId: attempts.sessionId,
      skillId: attempts.skillId,
      questions: sql`count(*)`.as("session_questions"),
      correct: sql`count(*) filter (where ${attempts.isCorrect})`.as("session_correct"),
      best: sql`max(${attempts.smartscoreAfter})`.as("session_best"),
      last: sql`(array_agg(${attempts.smartscoreAfter} order by ${attempts.answeredAt} desc, ${attempts.id} desc))[1]`.as(
        "session_last",
      ),
      lastAt: sql`max(${attempts.answeredAt})`.as("session_last_at"),
    })
    .from(attempts)
    .where(and(eq(attempts.studentId, idOf(student)), answeredIn(scope), ofSkills(db, attempts.skillId, scope)))
    .groupBy(attempts.sessionId, attempts.skillId)
    .as("in_session");
  return db.query
    .select({
      skillId: sql`${inSession.skillId}`.mapWith(Number).as("practised_skill_id"),
      questions: sql`sum(${inSession.questions})`.mapWith(Number).as("practised_questions"),
      correct: sql`sum(${inSession.correct})`.mapWith(Number).as("practised_correct"),
      activeMs:
        sql`sum(${practiceSessions.activeMs} * ${inSession.questions} / greatest(${practiceSessions.answered}, ${inSession.questions}))`
          .mapWith(Number)
          .as("practised_active_ms"),
      bestSmartscore: sql`max(${inSession.best})`.mapWith(Number).as("practised_best_smartscore"),
      lastSmartscore: sql`(array_agg(${inSession.last} order by ${inSession.lastAt} desc))[1]`
        .mapWith(Number)
        .as("practised_last_smartscore"),
      lastPracticedAt: sql`max(${inSession.lastAt})`
        .mapWith(skillProgress.lastPracticedAt)
        .as("practised_last_practiced_at"),
    })
    .from(inSession)
    .innerJoin(practiceSessions, eq(practiceSessions.id, inSession.sessionId))
    .groupBy(inSession.skillId)
    .as("practised");
}

type Practised = ReturnType<typeof practisedSkills>;

/** What a statement that joins the figures reads of them: all null where the student has none. */
export const figureColumns = (practised: Practised) => ({
  questions: practised.questions,
  correct: practised.correct,
  activeMs: practised.activeMs,
  bestSmartscore: practised.bestSmartscore,
  lastSmartscore: practised.lastSmartscore,
  lastPracticedAt: practised.lastPracticedAt,
});

export type Figures = {
  readonly questions: number;
  readonly correct: number;
  readonly activeMs: number;
  readonly bestSmartscore: number;
  readonly lastSmartscore: number;
  readonly lastPracticedAt: Date;
};
