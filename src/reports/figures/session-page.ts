import { type SQL, sql } from "drizzle-orm";
import { wholeSeconds } from "../../practice/active-time.ts";
import { countColumns, skillName } from "../kit/columns.ts";
import { isBefore, type TimedRow, timeCursor } from "../kit/cursor.ts";
import { cutPage, pageSize } from "../kit/paging.ts";
import type { Period, TimePage } from "../kit/report-query.ts";
import { afterFrom, beforeTo, inDays, isOf, ofSkills, type Scope, type Whose } from "../kit/scope.ts";
import { iso, isoOrNull } from "../kit/statement.ts";
import { column } from "../kit/table.ts";

/** So many of the newest sessions come where the caller asks for no page. */
const WHOLE_SESSIONS = 500;

export type SessionRow = {
  session_id: string;
  student_id: string;
  full_name: string;
  skill_id: number;
  skill_name: string;
  started_at: string;
  finished_at: string | null;
  active_ms: number;
  questions: number;
  correct: number;
  smartscore_before: number;
  smartscore: number;
};

/** Of each session, as it is on record: where it began and where it led. */
export const sessionColumns = {
  session_id: column.uuid("The session", "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001", (row: SessionRow) => row.session_id),
  ...skillName,
  started_at: column.moment("When it was started", "2026-11-20T08:00:00.000Z", (row: SessionRow) =>
    iso(row.started_at),
  ),
  finished_at: column.momentOrNull("When it ended", null, (row: SessionRow) => isoOrNull(row.finished_at)),
  active_time_seconds: column.count("Active time in whole seconds", 540, (row: SessionRow) =>
    wholeSeconds(row.active_ms),
  ),
  ...countColumns,
  smartscore_from: column.score("Before its first answer", 62, (row: SessionRow) => row.smartscore_before),
  smartscore_to: column.score("After its last answer", 80, (row: SessionRow) => row.smartscore),
};

/**
 * A page of sessions with an answer, newest first. A session is of the day of its first answer, whose local day was fixed
 * when it came, be it long after the start; all its figures are the whole session's.
 */
export const sessionPage = (whose: Whose, scope: Scope, page: TimePage): SQL => sql`
  SELECT session.id AS session_id, session.student_id, users.full_name, session.skill_id, skills.title AS skill_name,
    session.started_at, session.finished_at, session.active_ms, session.answered AS questions, session.correct,
    first.smartscore_before, session.smartscore
  FROM practice_sessions AS session CROSS JOIN LATERAL (
    SELECT smartscore_before, day FROM attempts WHERE attempts.session_id = session.id
    ORDER BY attempts.answered_at, attempts.id LIMIT 1) AS first
  JOIN skills ON skills.id = session.skill_id JOIN users ON users.id = session.student_id
  WHERE ${isOf(whose, sql`session.student_id`)} AND ${ofSkills(sql`session.skill_id`, scope)}
    AND ${afterFrom(sql`session.last_activity_at`, scope)} AND ${beforeTo(sql`session.started_at`, scope)} AND ${inDays(sql`first.day`, scope)}
    AND ${isBefore(sql`session.started_at`, sql`session.id`, page.cursor?.after)}
  ORDER BY session.started_at DESC, session.id DESC LIMIT ${pageSize(page, WHOLE_SESSIONS) + 1}`;

const sessionPages = {
  whole: WHOLE_SESSIONS,
  cursor: timeCursor,
  placeOf: ({ started_at, session_id }: SessionRow): TimedRow => [Date.parse(started_at), session_id],
};

/** The sessions that are the page, and where the report of these days goes on. */
export const cutSessions = (rows: readonly SessionRow[], page: TimePage, days: Period) =>
  cutPage(rows, page, days, sessionPages);
