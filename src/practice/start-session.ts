import { v4 as uuidv4, v7 as uuidv7 } from "uuid";
import { accountGone } from "../auth/faults.ts";
import { noSuchSkill } from "../catalog/faults.ts";
import {
  keepPool,
  knownPool,
  oldPool,
  poolQuery,
  type QuestionPool,
  readPool,
  toPool,
} from "../catalog/question-pool.ts";
import { catalogVersion, freshVersion, noteVersion } from "../catalog/version.ts";
import type { Database } from "../db/client.ts";
import type { Principal } from "../http/access-token.ts";
import { ApiError } from "../http/errors.ts";
import { within } from "../http/within.ts";
import type { Services } from "../services.ts";
import type { CommandReply, StartCommand } from "./commands.ts";
import type { Pool } from "./pool.ts";
import { callObject, guestObject } from "./student-object.ts";
import { recordQuery, toRecord } from "./student-record.ts";

/** How long a start waits for the questions before it makes do with older ones. */
const PATIENCE_MS = 1_000;

/** What a start command carries beyond who and what. */
type Supplies = Pick<StartCommand, "catalogVersion" | "anyVersion" | "record" | "pool">;
type Starting = Omit<StartCommand, keyof Supplies>;

/**
 * Resumes the caller's live session of a skill or opens one. No round trip to Postgres where the session is live or the
 * object has the questions of the version that this isolate knows; one where the object is new or lacks them. With
 * Postgres down, whatever questions the object or this isolate has will do; 503 where neither has any.
 */
export async function startSession(
  services: Services,
  { principal, skillId }: { principal: Principal | undefined; skillId: number },
): Promise<CommandReply> {
  if (!principal) return startGuest(services, skillId);
  const who = { studentId: principal.userId, isGuest: false, sessionId: uuidv7(), skillId };
  return startWith(services, who, { catalogVersion: freshVersion(services, Date.now()) ?? null, anyVersion: false });
}

/** A guest's session: always a new one, whose id, not to be guessed, is the only key to it. Its object needs questions for certain. */
async function startGuest(services: Services, skillId: number): Promise<CommandReply> {
  const sessionId = uuidv4();
  const who = { studentId: guestObject(sessionId), isGuest: true, sessionId, skillId };
  const version = await catalogVersion(services, Date.now()).catch(() => null);
  return startWith(services, who, await questions(services, { skillId, catalogVersion: version }));
}

/** Asks the object, which is named by the student's id, until it has all that it needs. */
async function startWith(services: Services, who: Starting, first: Supplies): Promise<CommandReply> {
  let supplies = first;
  for (;;) {
    const command: StartCommand = { ...who, ...supplies };
    const reply = await callObject(services, who.studentId, (stub) => stub.start(command));
    if (typeof reply === "string" || reply.ok !== "needs") return reply;
    const needsRecord = reply.record && !who.isGuest;
    supplies = needsRecord ? await firstSupplies(services, command) : await questions(services, command);
  }
}

/** What a new object needs: the student's record and the questions, in one round trip. */
async function firstSupplies(
  { db }: Services,
  { studentId, skillId, catalogVersion }: StartCommand,
): Promise<Supplies> {
  const known = catalogVersion === null ? undefined : knownPool(db, skillId, catalogVersion);
  const record = recordQuery(db.query, studentId);
  const [[row], pool] = known ? ([await record, known] as const) : await recordAndPool(db, record, skillId);
  if (!row) throw accountGone();
  return { catalogVersion: pool.version, anyVersion: false, record: toRecord(row), pool: usable(pool) };
}

async function recordAndPool(db: Database, record: ReturnType<typeof recordQuery>, skillId: number) {
  const [rows, poolRows] = await db.query.batch([record, poolQuery(db.query, skillId)]);
  const pool = toPool(poolRows);
  noteVersion({ db }, pool.version, Date.now());
  keepPool(db, pool);
  return [rows, pool] as const;
}

/** The questions of the newest version, or leave to use any where that is not to be had in time. */
async function questions(
  services: Services,
  { skillId, catalogVersion: wanted }: { skillId: number; catalogVersion: number | null },
): Promise<Supplies> {
  try {
    if (wanted === null) {
      const version = await catalogVersion(services, Date.now());
      const known = knownPool(services.db, skillId, version);
      return { catalogVersion: version, anyVersion: false, ...(known ? { pool: usable(known) } : {}) };
    }
    const pool = await within(PATIENCE_MS, readPool(services, { skillId, knownVersion: wanted }));
    return { catalogVersion: pool.version, anyVersion: false, pool: usable(pool) };
  } catch (error) {
    if (error instanceof ApiError) throw error;
    const old = oldPool(services.db, skillId);
    return { catalogVersion: null, anyVersion: true, ...(old ? { pool: usable(old) } : {}) };
  }
}

function usable({ skill, version, questions, templates }: QuestionPool): Pool {
  if (!skill?.isPublished) throw noSuchSkill();
  return { version, questions, templates };
}
