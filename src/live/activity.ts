import { type Student, sessionsOf } from "../practice/student.ts";

export const LIVE_STATUSES = ["ACTIVE", "IDLE", "NEEDS_HELP", "OFFLINE"] as const;

export type LiveStatus = (typeof LIVE_STATUSES)[number];

/** Without a submit, a next or an active heartbeat for so long, a student is idle. */
const IDLE_AFTER_MS = 60_000;
/** Without any sign of them for so long, a student is not there. */
const OFFLINE_AFTER_MS = 300_000;
/** So many wrong answers in a row, or so far below the session's best score, say that help may be needed. */
const WRONG_IN_A_ROW = 4;
const BELOW_BEST = 15;

/** What a student is at, or was last; plain JSON. */
export type Doing = {
  readonly sessionId: string;
  readonly skillId: number;
  readonly isOpen: boolean;
  readonly answered: number;
  readonly correct: number;
  /** SmartScore, and the session's best. */
  readonly score: number;
  readonly bestScore: number;
  readonly wrongInARow: number;
  /** The last sign of them in this session, a start and an inactive heartbeat included. */
  readonly lastActivityMs: number;
  /** The last submit, next or active heartbeat, in any session; the session's start before the first. */
  readonly lastActiveMs: number;
};

/** What a class says to a student's object: who asks, and until when it wants to be told of changes; null where only now. */
export type WatchCommand = { readonly classroomId: string; readonly untilMs: number | null };

/** What a student's object says of them, and when it said so: of two, the later holds. */
export type Report = { readonly atMs: number; readonly doing: Doing | null };

/**
 * What a student is at: the session that they were last active in; one that is over only where no open one has seen them
 * within five minutes. Null where no session is kept.
 */
export function doingOf(student: Pick<Student, "pace" | "live" | "over">, nowMs: number): Doing | null {
  const { pace } = student;
  const byActivity = sessionsOf(student).sort((a, b) => b.lastActivityMs - a.lastActivityMs);
  const atHand = byActivity.find((each) => !each.finished && nowMs < each.lastActivityMs + OFFLINE_AFTER_MS);
  const session = atHand ?? byActivity[0];
  if (!session) return null;
  return {
    sessionId: session.id,
    skillId: session.skillId,
    isOpen: session.finished === null,
    answered: session.answered,
    correct: session.correct,
    score: session.score.score,
    bestScore: session.bestScore,
    wrongInARow: session.wrongInARow,
    lastActivityMs: session.lastActivityMs,
    lastActiveMs: Math.max(pace.clockMs, session.startedAtMs),
  };
}

/** What teachers are shown of a student at `nowMs`: OFFLINE before NEEDS_HELP before IDLE before ACTIVE. */
export function statusAt(doing: Doing | null, nowMs: number): LiveStatus {
  if (!doing?.isOpen || nowMs >= doing.lastActivityMs + OFFLINE_AFTER_MS) return "OFFLINE";
  if (needsHelp(doing)) return "NEEDS_HELP";
  return nowMs >= doing.lastActiveMs + IDLE_AFTER_MS ? "IDLE" : "ACTIVE";
}

/** When the status that holds at `nowMs` gives way to another by time alone; null where it never does. */
export function nextChangeMs(doing: Doing | null, nowMs: number): number | null {
  const status = statusAt(doing, nowMs);
  if (doing === null || status === "OFFLINE") return null;
  const offlineMs = doing.lastActivityMs + OFFLINE_AFTER_MS;
  return status === "ACTIVE" ? Math.min(doing.lastActiveMs + IDLE_AFTER_MS, offlineMs) : offlineMs;
}

const needsHelp = ({ wrongInARow, score, bestScore }: Doing) =>
  wrongInARow >= WRONG_IN_A_ROW || score <= bestScore - BELOW_BEST;
