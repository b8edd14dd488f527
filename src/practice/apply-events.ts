import { fillPlaceholders } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { isUndefinedFunction } from "../db/errors.ts";
import type { DrainBatch, FlushReply } from "./drain.ts";
import { APPLY_FUNCTION } from "./record/apply-function.ts";
import { APPLY, APPLY_WITH_SCORES, type ApplyValues, LOCK_MARK } from "./record/apply-statements.ts";
import { toRecords } from "./record/event-records.ts";
import { reachesAScore } from "./record/saved-awards.ts";
import type { Profile } from "./student.ts";

type AppliedRow = { mark: string | number | null; is_ahead: boolean; rejected: number[]; profile: Profile | null };

/** Where the function was not there, the statements are sent for so long before it is looked for again. */
const LOOK_AGAIN_MS = 60_000;

/** Until when the database is taken to lack the function. */
type Lack = { untilMs: number };

/** As this isolate has found it. */
const FOUND: Lack = { untilMs: 0 };

/**
 * Puts a batch of a student's events on record: one request, two statements in one READ COMMITTED transaction. The first
 * locks the student's mark; the second, whose snapshot is younger than that lock, takes only what is beyond the mark and
 * moves it. So a batch may come any number of times, late, or beside another, and counts once. Where the mark is beyond
 * where the batch begins and stands at an event that is not in it, its numbers stand for other events, and nothing is taken.
 * Nor is anything where the mark is below where the batch begins: Postgres was put back, and lacks what came before.
 * Throws where Postgres cannot be reached; what it can never take is in the reply.
 */
export async function applyEvents(db: Database, batch: DrainBatch, lack = FOUND): Promise<FlushReply> {
  const values = { studentId: batch.studentId, afterSeq: batch.afterSeq, body: JSON.stringify(toRecords(batch)) };
  const [row] = await applied(db, values, batch.events.some(reachesAScore), lack);
  if (!row) throw new Error("the statement that applies events returned no row");
  const { mark, is_ahead: isAhead, rejected, profile } = row;
  return { mark: mark === null ? null : Number(mark), isAhead, rejected, profile };
}

async function applied(db: Database, values: ApplyValues, withScores: boolean, lack: Lack): Promise<AppliedRow[]> {
  if (Date.now() < lack.untilMs) return applyByStatements(db, values, withScores);
  try {
    const { studentId, afterSeq, body } = values;
    return (await db.http.query(APPLY_FUNCTION.call, [studentId, afterSeq, body, withScores])) as AppliedRow[];
  } catch (error) {
    if (!isUndefinedFunction(error)) throw error;
    lack.untilMs = Date.now() + LOOK_AGAIN_MS;
    return applyByStatements(db, values, withScores);
  }
}

async function applyByStatements(db: Database, values: ApplyValues, withScores: boolean): Promise<AppliedRow[]> {
  const [, rows] = await db.http.transaction(
    [LOCK_MARK, withScores ? APPLY_WITH_SCORES : APPLY].map(({ sql, params }) =>
      db.http.query(sql, fillPlaceholders(params, values)),
    ),
    { isolationLevel: "ReadCommitted" },
  );
  return rows as AppliedRow[];
}
