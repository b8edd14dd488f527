import { markRecorded, markUnrecorded } from "./departures.ts";
import { BATCH_EVENTS, BATCH_TEXT, type DrainBatch, type NumberedEvent, type Settlement } from "./drain.ts";
import { IS_RESENT_PATH } from "./event-rows.ts";
import type { Attempt } from "./events.ts";
import { dropCredits, type Memory, noteDrained, unsentEvents } from "./object-storage.ts";
import { questionOf } from "./pool.ts";
import { poolOfSession } from "./pool-storage.ts";
import type { KeyedQuestion } from "./question.ts";
import type { Session } from "./session.ts";
import { sessionOf } from "./student.ts";

/** Events of credits alone that are kept with their sessions: a session of days may have any number of them. */
const MOST_CREDITS = 100;

/** A batch with the length of its text, about as it is sent. */
type Outgoing = { readonly batch: DrainBatch; readonly text: number };

/**
 * The oldest events that Postgres has not, with their questions and their sessions as they stand, as many as a flush may
 * carry, and one at least where there is any.
 */
export function nextBatch(sql: SqlStorage, memory: Memory): Outgoing {
  const events: NumberedEvent[] = [];
  const sessions = new Map<string, Session>();
  let text = 0;
  for (const { seq, event, text: own } of unsentEvents(sql, memory, BATCH_EVENTS)) {
    const session = sessionOf(memory.student, event.sessionId);
    if (!session) continue;
    const question = event.kind === "answered" ? askedQuestion(sql, memory, session, event) : null;
    const length = own + (question ? lengthOf(question) : 0);
    if (events.length > 0 && text + length > BATCH_TEXT) break;
    text += length;
    sessions.set(session.id, session);
    events.push({ seq, skillId: session.skillId, event, question });
  }
  const { student, drainedSeq } = memory;
  return { batch: { studentId: student.id, afterSeq: drainedSeq, events, sessions: [...sessions.values()] }, text };
}

/** Of questions as JSON: a stored one is the same with every answer to it. */
const lengths = new WeakMap<KeyedQuestion, number>();

function lengthOf(question: KeyedQuestion): number {
  const length = lengths.get(question) ?? JSON.stringify(question).length;
  lengths.set(question, length);
  return length;
}

/**
 * Stores how far Postgres is. Until then an object that forgot it sends the same again, which changes nothing; a write
 * of its own for every flush would cost the disk as much as an answer.
 */
export function saveMark(sql: SqlStorage, memory: Memory): void {
  if (memory.storedMark === memory.drainedSeq) return;
  sql.exec("UPDATE student SET drained_seq = ?", memory.drainedSeq);
  memory.storedMark = memory.drainedSeq;
  memory.textBeyondMark = 0;
  if (memory.credits > MOST_CREDITS) dropCredits(sql, memory);
}

/**
 * Whether a batch goes so far that, were all forgotten after it, the next one would not reach what Postgres then has:
 * the mark must be stored first, as by that event Postgres knows that the numbers are still this object's.
 */
export const needsMark = (memory: Memory, { batch, text }: Outgoing): boolean =>
  (batch.events.at(-1)?.seq ?? 0) > memory.storedMark + BATCH_EVENTS || memory.textBeyondMark + text > BATCH_TEXT;

function askedQuestion(sql: SqlStorage, memory: Memory, session: Session, put: Attempt): KeyedQuestion {
  return questionOf(poolOfSession(sql, memory, session), put);
}

/** Notes how far Postgres is; false where the memory must be loaded anew, as events are to be sent again or by other numbers. */
export function settle(
  sql: SqlStorage,
  memory: Memory,
  { sent, settlement, nowMs }: { sent: Outgoing; settlement: Settlement; nowMs: number },
): boolean {
  switch (settlement.kind) {
    case "drained": {
      // A memory that was loaded meanwhile does not know how much was sent before.
      const isNew = memory.drainedSeq !== sent.batch.afterSeq;
      const endsSessions = sent.batch.sessions.some(({ finished }) => finished);
      noteDrained(memory, settlement.upTo);
      memory.textBeyondMark += sent.text;
      for (const seq of settlement.parked) sql.exec("UPDATE events SET parked = 1 WHERE seq = ?", seq);
      if (isNew || endsSessions) saveMark(sql, memory);
      if (endsSessions) markRecorded(sql, settlement.upTo, nowMs);
      return true;
    }
    case "renumber": {
      const shift = settlement.mark - memory.drainedSeq;
      // By way of negative numbers, so that no two events ever have the same.
      sql.exec(
        "UPDATE events SET seq = -(seq + ?), event = json_set(event, ?, json('true')) WHERE seq > ?",
        shift,
        IS_RESENT_PATH,
        memory.drainedSeq,
      );
      sql.exec("UPDATE events SET seq = -seq WHERE seq < 0");
      sql.exec("UPDATE student SET drained_seq = ?", settlement.mark);
      return false;
    }
    case "rewind": {
      const { mark } = settlement;
      sql.exec("UPDATE student SET drained_seq = ?", mark);
      markUnrecorded(sql, mark);
      return false;
    }
  }
}
