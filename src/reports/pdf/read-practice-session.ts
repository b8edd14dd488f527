import { and, eq, sql } from "drizzle-orm";
import { isInSight } from "../../classrooms/student-in-sight.ts";
import type { Database } from "../../db/client.ts";
import { attempts, grades, practiceMarks, practiceSessions, skills, subjects, users } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import { ApiError, serviceUnavailable } from "../../http/errors.ts";
import { wholeSeconds } from "../../practice/active-time.ts";
import { isAtObject } from "../../practice/on-session.ts";
import { answerText } from "../../practice/question.ts";
import { TIME_ZONE } from "../../practice/student-record.ts";
import type { Services } from "../../services.ts";
import { askedQuestion } from "../figures/asked-question.ts";
import type { PrintedQuestion, PrintedSession } from "./draw-practice-session.ts";

/** More than anybody answers in a session; of one that has more, the first are printed. */
const PRINTED_QUESTIONS = 2_000;

/** Of what is printed, so much may be questions and answers: some thousands as they usually are, and in time. */
const MOST_BYTES = 3_000_000;

/** Looks at the record follow each other so: a session comes on it a second after it began, at once when it is finished. */
const PAUSES_MS = [100, 200, 400, 600, 800];

type Printable = { readonly session: PrintedSession; readonly at: Date };

/**
 * A practice session as its student, their teachers and parents and an ADMIN may print it. One statement; where a session
 * of the caller's own has only just begun or ended, they wait until it is on record, and hear `service_unavailable` where it
 * does not come. Throws `not_found` for one that is not there or that the caller may not see.
 */
export async function readPracticeSession(
  services: Services,
  principal: Principal,
  sessionId: string,
): Promise<Printable> {
  const found = await findOnRecord(services, principal, sessionId);
  if (found) return found;
  if (!(await isAtObject(services, principal, sessionId))) {
    throw new ApiError("not_found", "There is no such session on record, or it is not for you to see.");
  }
  for (const pauseMs of PAUSES_MS) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    const come = await findOnRecord(services, principal, sessionId);
    if (come) return come;
  }
  throw serviceUnavailable("What was practised is not on record yet.");
}

async function findOnRecord(
  { db: { query } }: Services,
  principal: Principal,
  sessionId: string,
): Promise<Printable | undefined> {
  const [row] = await query
    .select({
      studentName: users.fullName,
      skillTitle: skills.title,
      skillCode: skills.code,
      gradeTitle: grades.title,
      subjectTitle: subjects.title,
      startedAt: practiceSessions.startedAt,
      finishedAt: practiceSessions.finishedAt,
      finishedReason: practiceSessions.finishedReason,
      lastActivityAt: practiceSessions.lastActivityAt,
      activeMs: practiceSessions.activeMs,
      smartscore: practiceSessions.smartscore,
      answered: practiceSessions.answered,
      correct: practiceSessions.correct,
      timeZone: TIME_ZONE,
      asOf: practiceMarks.asOf,
      attempts: sql<PrintedAttempt[]>`(${firstAttempts(query)})`,
    })
    .from(practiceSessions)
    .innerJoin(users, eq(users.id, practiceSessions.studentId))
    .innerJoin(skills, eq(skills.id, practiceSessions.skillId))
    .innerJoin(grades, eq(grades.id, skills.gradeId))
    .innerJoin(subjects, eq(subjects.id, skills.subjectId))
    .leftJoin(practiceMarks, eq(practiceMarks.studentId, users.id))
    .where(and(eq(practiceSessions.id, sessionId), isInSight(query, principal)));
  if (!row) return undefined;
  const { skillCode, gradeTitle, subjectTitle, activeMs, lastActivityAt, attempts: made, ...session } = row;
  return {
    session: {
      ...session,
      skillPlace: `${skillCode} · ${gradeTitle} · ${subjectTitle}`,
      activeSeconds: wholeSeconds(activeMs),
      questions: made.map(toPrinted),
    },
    at: row.finishedAt ?? lastActivityAt,
  };
}

/** The session's attempts in the order of practice, as far as they are printed, as one JSON value. */
function firstAttempts(query: Database["query"]) {
  const order = sql`${attempts.answeredAt}, ${attempts.id}`;
  const bytes = sql.join(
    [attempts.question, attempts.correctAnswer, attempts.submittedAnswer].map((one) => sql`octet_length(${one}::text)`),
    sql` + `,
  );
  const first = query
    .select({
      place: sql`row_number() over (order by ${order})`.as("place"),
      bytes: sql`sum(${bytes}) over (order by ${order})`.as("bytes"),
      made: sql`jsonb_build_object(
        'question', ${attempts.question} - 'explanation', 'correctAnswer', ${attempts.correctAnswer},
        'submittedAnswer', ${attempts.submittedAnswer}, 'isCorrect', ${attempts.isCorrect},
        'timeSpentSec', ${attempts.timeSpentSec}, 'smartscoreBefore', ${attempts.smartscoreBefore},
        'smartscoreAfter', ${attempts.smartscoreAfter}, 'changeMessage', ${attempts.changeMessage})`.as("made"),
    })
    .from(attempts)
    .where(eq(attempts.sessionId, practiceSessions.id))
    .orderBy(attempts.answeredAt, attempts.id)
    .limit(PRINTED_QUESTIONS)
    .as("first");
  return query
    .select({ all: sql`coalesce(jsonb_agg(${first.made} order by ${first.place}), '[]')` })
    .from(first)
    .where(sql`${first.bytes} <= ${MOST_BYTES}`);
}

/** What the statement's JSON has of an attempt. */
type PrintedAttempt = Pick<
  typeof attempts.$inferSelect,
  | "question"
  | "correctAnswer"
  | "submittedAnswer"
  | "isCorrect"
  | "timeSpentSec"
  | "smartscoreBefore"
  | "smartscoreAfter"
  | "changeMessage"
>;

function toPrinted(attempt: PrintedAttempt): PrintedQuestion {
  const question = askedQuestion(attempt);
  return {
    prompt: question.prompt,
    answer: answerText(question, attempt.submittedAnswer),
    rightAnswer: answerText(question, attempt.correctAnswer),
    isCorrect: attempt.isCorrect,
    seconds: attempt.timeSpentSec,
    scoreBefore: attempt.smartscoreBefore,
    scoreAfter: attempt.smartscoreAfter,
    why: attempt.changeMessage,
  };
}
