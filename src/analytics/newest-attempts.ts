import { and, desc, eq, sql } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { attempts } from "../db/tables.ts";
import { type AttemptPlace, toCursor } from "./attempt-cursor.ts";
import { answeredIn, ofSkills } from "./attempts-in-scope.ts";
import type { ReportMeta } from "./report.ts";
import type { AttemptsQuery, Period, SkillFilters } from "./report-query.ts";
import { idOf, type ReportedStudent } from "./reported-student.ts";

/** What is older than a place. The moment alone bounds the index; the id decides among attempts of one millisecond. */
const isBefore = ({ answeredAt, attemptId }: AttemptPlace) =>
  sql`(${attempts.answeredAt}, ${attempts.id}) < (${answeredAt.toISOString()}::timestamptz, ${attemptId}::uuid)`;

/** Of what a page reads, so much may be questions and answers: Postgres over HTTP refuses replies of 10 MB. */
const MOST_BYTES = 6_000_000;

const PAGE_SIZE = 100;

type PageQuery = Pick<AttemptsQuery, "cursor" | "limit">;

/** How many attempts a page has: what the caller says; without a cursor and a limit `whole`, as much as one reply holds. */
export const pageSize = ({ cursor, limit }: PageQuery, whole: number) => limit ?? (cursor ? PAGE_SIZE : whole);

/**
 * A page of a student's attempts, newest first, for a statement to join: one more than `size`, which tells whether there
 * are older ones. `found` counts them before what is too large for one reply is left out ({@link fits}).
 */
export function newestAttempts(
  { query }: Database,
  student: ReportedStudent,
  scope: Period & SkillFilters & PageQuery & { size: number },
) {
  const newest = query
    .select()
    .from(attempts)
    .where(
      and(
        eq(attempts.studentId, idOf(student)),
        ofSkills({ query }, attempts.skillId, scope),
        answeredIn(scope),
        scope.cursor && isBefore(scope.cursor),
      ),
    )
    .orderBy(desc(attempts.answeredAt), desc(attempts.id))
    .limit(scope.size + 1)
    .as("newest");
  const json = [newest.question, newest.correctAnswer, newest.submittedAnswer];
  const bytes = sql.join(
    json.map((column) => sql`octet_length(${column}::text)`),
    sql` + `,
  );
  return query
    .select({
      id: newest.id,
      sessionId: newest.sessionId,
      skillId: newest.skillId,
      questionId: newest.questionId,
      level: newest.level,
      question: newest.question,
      correctAnswer: newest.correctAnswer,
      submittedAnswer: newest.submittedAnswer,
      isCorrect: newest.isCorrect,
      mistakeType: newest.mistakeType,
      answeredAt: newest.answeredAt,
      timeSpentSec: newest.timeSpentSec,
      smartscoreBefore: newest.smartscoreBefore,
      smartscoreAfter: newest.smartscoreAfter,
      found: sql`count(*) over ()`.mapWith(Number).as("page_found"),
      bytes: sql`sum(${bytes}) over (order by ${newest.answeredAt} desc, ${newest.id} desc)`
        .mapWith(Number)
        .as("page_bytes"),
    })
    .from(newest)
    .as("page");
}

type Page = ReturnType<typeof newestAttempts>;

/** How a page is joined: only as far as it fits in one reply. */
export const fits = (page: Page) => sql`${page.bytes} <= ${MOST_BYTES}`;

/** What a statement that joins a page reads of it. */
export const attemptColumns = (page: Page) => ({
  id: page.id,
  sessionId: page.sessionId,
  skillId: page.skillId,
  questionId: page.questionId,
  level: page.level,
  question: page.question,
  correctAnswer: page.correctAnswer,
  submittedAnswer: page.submittedAnswer,
  isCorrect: page.isCorrect,
  mistakeType: page.mistakeType,
  answeredAt: page.answeredAt,
  timeSpentSec: page.timeSpentSec,
  smartscoreBefore: page.smartscoreBefore,
  smartscoreAfter: page.smartscoreAfter,
});

export type AttemptRow = Pick<typeof attempts.$inferSelect, keyof ReturnType<typeof attemptColumns>>;

/** The rows that are the page, and what its report says of the rest: where it goes on, and that it is cut. */
export function cutPage<Row extends { attempt: AttemptRow | null; found: number | null }>(
  joined: readonly Row[],
  { cursor, limit, size }: PageQuery & { size: number },
): { rows: (Row & { attempt: AttemptRow })[]; rest: Pick<ReportMeta, "next_cursor" | "truncated"> } {
  const rows = joined.filter(hasAttempt).slice(0, size);
  const last = rows.at(-1);
  if (!last || rows.length >= (last.found ?? 0)) return { rows, rest: {} };
  const next_cursor = toCursor({ answeredAt: last.attempt.answeredAt, attemptId: last.attempt.id });
  const pages = cursor !== undefined || limit !== undefined;
  return { rows, rest: pages ? { next_cursor } : { next_cursor, truncated: true } };
}

function hasAttempt<Row extends { attempt: AttemptRow | null }>(row: Row): row is Row & { attempt: AttemptRow } {
  return row.attempt !== null;
}
