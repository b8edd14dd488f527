import { describeForLog } from "../http/fault-log.ts";
import { log } from "../http/log.ts";
import { within } from "../http/within.ts";
import type { Student } from "../practice/student.ts";
import type { Services } from "../services.ts";
import { doingOf, type Report, type WatchCommand } from "./activity.ts";
import { RENEWED_WITHIN_MS, WATCHED_MS } from "./watching.ts";

/** A class hears of a student at most once in this time. */
const PACE_MS = 1_000;
/** The reply has left by then, also where the Worker, this object and the class's share one thread. */
const REPLY_FIRST_MS = 10;
const PATIENCE_MS = 5_000;
/** A class that could not be told is told again so often, once each time that another second has passed. */
const RETRIES = 4;

/** What a class asked for: another object each time that it asks, so that two are told apart where they ask for the same. */
type Watching = { readonly untilMs: number };

type Parts = {
  readonly state: DurableObjectState;
  readonly services: Services;
  /** The student as they are now; null while nothing is stored. */
  readonly student: () => Student | null;
};

/**
 * Tells the classes that watch a student what the student is at, from the student's object. While none watches, a change
 * costs a look at a field in memory. What is told leaves after the reply to the command that changed it, and nothing that
 * goes wrong with it concerns the student. Who watches is stored, so that it outlives the object's memory.
 */
export class StudentFeed {
  readonly #parts: Parts;
  /** Until when each class watches, by its id. */
  #watches = new Map<string, Watching>();
  #isTelling = false;
  /** Something has changed since the classes were last told. */
  #isBehind = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Reads who watches; call it whenever what is stored was read. */
  restore(): void {
    const rows = this.#sql.exec<{ classroom_id: string; until: number }>("SELECT classroom_id, until FROM watches");
    this.#watches = new Map(rows.toArray().map(({ classroom_id, until }) => [classroom_id, { untilMs: until }]));
  }

  /** Everything stored was deleted, who watches too. */
  forget(): void {
    this.#watches.clear();
  }

  /** Answers a class that asks, and notes until when it watches; on an object that stores nothing that is not kept. */
  watch({ classroomId, untilMs }: WatchCommand, nowMs: number): Report {
    const student = this.#parts.student();
    if (student && untilMs !== null) {
      const known = this.#watches.get(classroomId);
      if (known && known.untilMs >= nowMs + RENEWED_WITHIN_MS) this.#watches.set(classroomId, { ...known });
      else this.#keep(classroomId, untilMs);
    }
    return { atMs: nowMs, doing: student && doingOf(student, nowMs) };
  }

  /** A student has begun for the first time: each of their classes is told once, as none could have asked to be. */
  introduce(classroomIds: readonly string[], nowMs: number): void {
    const untilMs = nowMs + PATIENCE_MS;
    for (const id of classroomIds) if (!this.#watches.has(id)) this.#watches.set(id, { untilMs });
    this.changed();
  }

  /** Something of the student has changed and is stored. */
  changed(): void {
    if (this.#watches.size === 0) return;
    this.#isBehind = true;
    if (this.#isTelling) return;
    this.#isTelling = true;
    this.#parts.state.waitUntil(this.#tellAll());
  }

  get #sql(): SqlStorage {
    return this.#parts.state.storage.sql;
  }

  async #tellAll(): Promise<void> {
    try {
      await pause(REPLY_FIRST_MS);
      let unheard: string[] = [];
      let retries = 0;
      while ((this.#isBehind || unheard.length > 0) && this.#watches.size > 0) {
        const classroomIds = this.#isBehind ? [...this.#watches.keys()] : unheard;
        retries = this.#isBehind ? RETRIES : retries - 1;
        this.#isBehind = false;
        const nowMs = Date.now();
        const student = this.#parts.student();
        const report = { atMs: nowMs, doing: student && doingOf(student, nowMs) };
        const studentId = student?.id ?? "";
        const heard = await Promise.all(classroomIds.map((id) => this.#tell(id, studentId, report)));
        unheard = retries > 0 ? classroomIds.filter((_, index) => !heard[index]) : [];
        if (this.#watches.size > 0) await pause(Math.max(0, nowMs + PACE_MS - Date.now()));
      }
    } catch (error) {
      log("warn", "classes_not_told", { error: describeForLog(error) });
    } finally {
      this.#isTelling = false;
    }
  }

  /** True unless the class has to be told again. */
  async #tell(classroomId: string, studentId: string, report: Report): Promise<boolean> {
    const watching = this.#watches.get(classroomId);
    if (!watching) return true;
    const { untilMs } = watching;
    const nowMs = Date.now();
    try {
      const hub = this.#parts.services.classrooms.getByName(classroomId);
      const isWatched = nowMs < untilMs && (await within(PATIENCE_MS, hub.report(studentId, report)));
      // A class that asked again meanwhile has the last word, though it asked for nothing new.
      if (this.#watches.get(classroomId) !== watching) return true;
      if (!isWatched) this.#drop(classroomId);
      else if (untilMs <= nowMs + PATIENCE_MS) this.#keep(classroomId, nowMs + WATCHED_MS);
      return true;
    } catch (error) {
      log("warn", "class_not_told", { error: describeForLog(error) });
      return false;
    }
  }

  #keep(classroomId: string, untilMs: number): void {
    this.#sql.exec(
      "INSERT INTO watches (classroom_id, until) VALUES (?, ?) ON CONFLICT (classroom_id) DO UPDATE SET until = excluded.until",
      classroomId,
      untilMs,
    );
    this.#watches.set(classroomId, { untilMs });
  }

  #drop(classroomId: string): void {
    this.#watches.delete(classroomId);
    this.#sql.exec("DELETE FROM watches WHERE classroom_id = ?", classroomId);
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
