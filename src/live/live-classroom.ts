import { DurableObject } from "cloudflare:workers";
import type { Bindings } from "../bindings.ts";
import { describeForLog } from "../http/fault-log.ts";
import { log } from "../http/log.ts";
import { within } from "../http/within.ts";
import { sharedServices } from "../services.ts";
import type { Report } from "./activity.ts";
import { askStudents } from "./ask-students.ts";
import { Glance } from "./glance.ts";
import { Pace } from "./pace.ts";
import { type Classmate, emptySeat, Picture, toLiveStudent } from "./picture.ts";
import { createWatch, loadWatch, savePlan, saveRoll, saveSeats, type Watch } from "./picture-storage.ts";
import { dueRound, firstPlan, nextDueMs, type PlanChange, withUnheard } from "./plan.ts";
import { CLOSE, snapshotMessage, updateMessage } from "./protocol.ts";
import { readRoll } from "./read-roll.ts";
import type { LiveSnapshot } from "./schemas.ts";
import { SharedWork } from "./shared-work.ts";
import type { Visitor } from "./socket-rules.ts";
import { answerClose, closedSocket, Sockets } from "./sockets.ts";
import { visitIn } from "./visit.ts";
import { FIRST_SNAPSHOT_MS, ROLL_EVERY_MS, ROLL_RETRY_MS, TELL_EVERY_MS, WATCHED_MS } from "./watching.ts";

/**
 * The live view of one class. While somebody looks, it keeps the picture: who is in the class and what each student is
 * at, as their objects tell. It sends what changes, reads the roll again every two minutes and asks everybody again every
 * ten, so that whatever got lost is put right; who does not answer, soon. When the last one has gone, it forgets all.
 */
export class LiveClassroom extends DurableObject<Bindings> {
  readonly #services = sharedServices(this.env);
  readonly #sockets = new Sockets(this.ctx);
  readonly #pace = new Pace(TELL_EVERY_MS, (studentId) => this.#tell(studentId));
  readonly #glance = new Glance(this.ctx, this.#services);
  /** Undefined until it is read, null while nobody looks. */
  #watch: Watch | null | undefined;
  /** What is stored was stored since this object woke, and is no remnant of connections that broke off. */
  #hasBegun = false;
  #beginning: Promise<boolean> | undefined;
  /** Visitors on their way in: for them the picture stays, though nobody is connected yet. */
  #arriving = 0;
  readonly #checking = new SharedWork(() => this.#check());
  #alarmAtMs: number | null = null;

  /** A teacher connects; the Worker has made sure who it is and that the class is theirs. */
  override async fetch(request: Request): Promise<Response> {
    const { classroomId, ...visitor } = visitIn(request);
    this.#arriving += 1;
    try {
      return (await this.#begun(classroomId)) ? await this.#admit(visitor) : closedSocket(CLOSE.notYourClass);
    } catch (error) {
      log("error", "live_view_not_begun", { error: describeForLog(error) });
      return new Response(null, { status: 503 });
    } finally {
      this.#arriving -= 1;
      await this.#leave();
    }
  }

  /** The class as it is at this moment. Where nobody looks, everybody is asked, once in a few seconds, and nothing is kept. */
  async snapshot(classroomId: string): Promise<LiveSnapshot | "closed" | "unavailable"> {
    try {
      const watch = await this.#whole();
      const seen = watch ? { picture: watch.picture, atMs: Date.now() } : await this.#glance.at(classroomId);
      return seen ? { at: new Date(seen.atMs).toISOString(), students: seen.picture.view(seen.atMs) } : "closed";
    } catch (error) {
      log("error", "live_view_not_begun", { error: describeForLog(error) });
      return "unavailable";
    }
  }

  /** A student's object tells what they are at. False where it need not tell any more: nobody looks, or they are not in the class. */
  async report(studentId: string, report: Report): Promise<boolean> {
    const watch = this.#loaded();
    if (!watch?.picture.seatOf(studentId)) return false;
    this.#take(watch, studentId, report);
    return true;
  }

  /** Who is in the class or teaches it may have changed. */
  async recheck(): Promise<void> {
    this.#glance.forget();
    if (!(await this.#whole())) return;
    await this.#checking.run();
    await this.#leave();
  }

  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    this.#sockets.count(socket, message, Date.now());
    return this.#leave();
  }

  override webSocketClose(socket: WebSocket, code: number): Promise<void> {
    answerClose(socket, code);
    return this.#leave();
  }

  override webSocketError(): Promise<void> {
    return this.#leave();
  }

  /** Lets time pass: ends connections, tells who has become idle or gone, reads the roll, asks. Never throws, else the platform would give up. */
  override async alarm(): Promise<void> {
    this.#alarmAtMs = null;
    try {
      this.#sockets.endOverdue(Date.now());
      const watch = this.#loaded();
      if (watch) this.#ring(watch);
      await this.#leave();
      this.#arm();
    } catch (error) {
      log("error", "live_alarm_failed", { error: describeForLog(error) });
      this.#watch = undefined;
      this.#ringBy(Date.now() + ROLL_RETRY_MS);
    }
  }

  /** What waits for others goes on beside: meanwhile time passes for all, and connections end. */
  #ring(watch: Watch): void {
    const [{ picture }, nowMs] = [watch, Date.now()];
    const changed = this.#stored(() => {
      const ids = picture.pass(nowMs);
      saveSeats(this.ctx.storage, picture, ids);
      return ids;
    });
    for (const studentId of changed) this.#pace.say(studentId);
    if (nowMs >= watch.nextRollMs) {
      this.#plan(watch, { nextRollMs: nowMs + ROLL_RETRY_MS });
      this.#goOn(this.recheck());
    }
    const round = this.#sockets.areAny && dueRound(watch, picture, nowMs);
    if (round) {
      this.#plan(watch, round.change);
      this.#goOn(this.#ask(watch, round.studentIds));
    }
  }

  #plan(watch: Watch, change: PlanChange): void {
    this.#stored(() => savePlan(this.ctx.storage, Object.assign(watch, change)));
    this.#ringBy(nextDueMs(watch));
  }

  /** Lets a teacher in whom the roll names, be it when it is read anew: they may have come to the class since. */
  async #admit(visitor: Visitor): Promise<Response> {
    const isNamed = () => this.#loaded()?.teacherIds.includes(visitor.teacherId);
    if (!isNamed() && !(await this.#checking.run())) throw new Error("the roll cannot be read");
    const watch = this.#loaded();
    if (!watch || !isNamed()) return closedSocket(CLOSE.notYourClass);
    const nowMs = Date.now();
    const response = this.#sockets.admit(visitor, snapshotMessage(watch.picture.view(nowMs), nowMs), nowMs);
    this.#ringBy(this.#sockets.nextEndMs());
    return response;
  }

  /** Resolves when there is a watch; several who come at once begin one. False where the class is closed. */
  async #begun(classroomId: string): Promise<boolean> {
    if (await this.#whole()) return true;
    this.#beginning ??= this.#begin(classroomId).finally(() => {
      this.#beginning = undefined;
    });
    return this.#beginning;
  }

  /** The watch that there is, if there is one; one that is just beginning, once it has its first answers. */
  async #whole(): Promise<Watch | null> {
    await this.#beginning?.catch(() => false);
    return this.#loaded();
  }

  async #begin(classroomId: string): Promise<boolean> {
    const roll = await readRoll(this.#services.db, classroomId);
    if (!roll) return false;
    const picture = new Picture(roll.students.map(emptySeat));
    const watch: Watch = { classroomId, picture, ...firstPlan(roll.teacherIds, Date.now()) };
    // What may be left here is of teachers whose connections broke off with the runtime.
    await this.ctx.storage.deleteAll();
    this.ctx.storage.transactionSync(() => createWatch(this.ctx.storage, watch));
    this.#watch = watch;
    this.#hasBegun = true;
    this.#arm();
    const asking = this.#ask(watch, picture.ids);
    this.#goOn(asking);
    // Who has not answered by then comes as an update.
    await within(FIRST_SNAPSHOT_MS, asking).catch(() => {});
    return true;
  }

  /** Asks these students; each answer is taken when it comes, and who gives none is asked again soon. */
  async #ask({ classroomId }: Watch, studentIds: readonly string[]): Promise<void> {
    const command = { classroomId, untilMs: Date.now() + WATCHED_MS };
    const unheard = await askStudents(this.#services, command, studentIds, (studentId, report) => {
      const watch = this.#loaded();
      if (watch) this.#take(watch, studentId, report);
    });
    const watch = this.#loaded();
    if (watch && unheard.length > 0) this.#plan(watch, withUnheard(watch, unheard, Date.now()));
  }

  #take({ picture }: Watch, studentId: string, report: Report): void {
    const nowMs = Date.now();
    const isNew = this.#stored(() => {
      if (!picture.take(studentId, report, nowMs)) return false;
      saveSeats(this.ctx.storage, picture, [studentId]);
      return true;
    });
    if (!isNew) return;
    this.#pace.say(studentId);
    this.#ringBy(picture.nextChangeOf(studentId, nowMs));
  }

  #tell(studentId: string): void {
    const nowMs = Date.now();
    const seat = this.#loaded()?.picture.seatOf(studentId);
    if (seat) this.#sockets.send(updateMessage(toLiveStudent(seat, nowMs), nowMs));
  }

  /**
   * Reads the roll anew: who has lost the class is cut off, and who has left it disappears. False without Postgres: all
   * stays as it was, and is tried again soon.
   */
  async #check(): Promise<boolean> {
    const before = this.#loaded();
    if (!before) return true;
    const roll = await readRoll(this.#services.db, before.classroomId).catch((error) => {
      log("warn", "live_roll_not_read", { error: describeForLog(error) });
    });
    const watch = this.#loaded();
    if (roll === undefined) {
      if (watch) this.#plan(watch, { nextRollMs: Date.now() + ROLL_RETRY_MS });
      return false;
    }
    const teacherIds = roll?.teacherIds ?? [];
    this.#sockets.keepOnly(teacherIds);
    if (watch) this.#plan(watch, { teacherIds, nextRollMs: Date.now() + ROLL_EVERY_MS });
    if (watch && roll) this.#arrange(watch, roll.students);
    return true;
  }

  #arrange(watch: Watch, students: readonly Classmate[]): void {
    const { picture } = watch;
    const { isChanged, joined } = this.#stored(() => {
      const arranged = picture.arrange(students);
      if (arranged.isChanged) saveRoll(this.ctx.storage, picture);
      return arranged;
    });
    if (!isChanged) return;
    const nowMs = Date.now();
    this.#sockets.send(snapshotMessage(picture.view(nowMs), nowMs));
    this.#goOn(this.#ask(watch, joined));
  }

  #loaded(): Watch | null {
    if (this.#watch === undefined) {
      this.#watch = this.#hasBegun || this.#sockets.areAny ? loadWatch(this.ctx.storage) : null;
      // The alarm that was set is not known any more: without this a later one would take its place.
      this.#arm();
    }
    return this.#watch;
  }

  /** Forgets everything once nobody looks and nobody is coming. */
  async #leave(): Promise<void> {
    if (this.#arriving > 0 || this.#sockets.areAny) return;
    this.#watch = null;
    this.#hasBegun = false;
    this.#alarmAtMs = null;
    await this.ctx.storage.deleteAll();
  }

  #arm(): void {
    const watch = this.#watch;
    if (!watch) return;
    this.#alarmAtMs = null;
    const nowMs = Date.now();
    const times = [nextDueMs(watch), watch.picture.nextChangeMs(nowMs), this.#sockets.nextEndMs()];
    this.#ringBy(Math.min(...times.filter((time) => time !== null)));
  }

  /** Sets the alarm to this time, unless it rings sooner anyhow. */
  #ringBy(atMs: number | null): void {
    if (atMs === null || (this.#alarmAtMs !== null && this.#alarmAtMs <= atMs)) return;
    this.#alarmAtMs = atMs;
    this.#goOn(this.ctx.storage.setAlarm(atMs));
  }

  /** All of `work` or nothing of it, in storage and in memory, which is read anew after a failure. */
  #stored<T>(work: () => T): T {
    try {
      return this.ctx.storage.transactionSync(work);
    } catch (error) {
      this.#watch = undefined;
      this.#ringBy(Date.now() + ROLL_RETRY_MS);
      throw error;
    }
  }

  /** Nobody waits for this work; a failure is logged. */
  #goOn(work: Promise<void>): void {
    this.ctx.waitUntil(work.catch((error) => log("error", "live_view_failed", { error: describeForLog(error) })));
  }
}
