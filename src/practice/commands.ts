import type { Pool } from "./pool.ts";
import type { Refused } from "./refusal.ts";
import type { Profile } from "./student.ts";

/**
 * What a student's object answers: JSON text for the reply's `data`, or why not. The text is a bare string, as an object
 * that comes back from a call costs the runtime more.
 */
export type CommandReply = string | Replay | Refused;

/** The reply to a request that came before, once again. */
export type Replay = { readonly ok: true; readonly body: string };

/** What the record says of a student when their object is new. */
export type StudentRecord = {
  readonly profile: Profile;
  /** The last SmartScore on each skill: `[skill id, score]`. */
  readonly lastScores: readonly (readonly [number, number])[];
  /** How far the record is with the student's events. */
  readonly drainedSeq: number;
  /** The open classes that they are in. */
  readonly classroomIds: readonly string[];
};

export type StartCommand = {
  readonly studentId: string;
  readonly isGuest: boolean;
  /** The id of the session, if this opens one. */
  readonly sessionId: string;
  readonly skillId: number;
  /** The catalog's version as the caller knows it; null where it could not be had. */
  readonly catalogVersion: number | null;
  /** The catalog is out of reach: any version that the object has will do. */
  readonly anyVersion: boolean;
  /** What the object said it needs. */
  readonly record?: StudentRecord;
  readonly pool?: Pool;
};

/** A start is answered, or needs what only Postgres has: the student's record, the skill's questions. */
export type StartReply = CommandReply | { readonly ok: "needs"; readonly record: boolean };

export type SubmitCommand = {
  readonly sessionId: string;
  readonly questionId: number | string;
  readonly answer: Readonly<Record<string, unknown>>;
  readonly claimedSec: number;
  /** The client's key, else one of the Worker's own: a call that is made again finds what the first one did. */
  readonly key: string;
  /** SHA-256 of the body; empty where the client sent no key. */
  readonly bodyHash: string;
};

export type NextCommand = {
  readonly sessionId: string;
  readonly skip: boolean;
  /** Of a skip, one of the Worker's own: a call that is made again skips no second question. */
  readonly key?: string;
};

export type HeartbeatCommand = { readonly sessionId: string; readonly isActive: boolean };
