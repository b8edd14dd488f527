import { describeForLog } from "../http/fault-log.ts";
import { log } from "../http/log.ts";

/** An alarm that is so late will not come: the platform drops one that failed too often. */
const LOST_MS = 60_000;
/** When to try again after the storage has failed. */
const RETRY_MS = 30_000;

/** A student's object's one alarm, with when it rings in memory, so that looking costs nothing. */
export class Alarm {
  readonly #state: DurableObjectState;
  /** Null where none is set. */
  #atMs: number | null = null;

  constructor(state: DurableObjectState) {
    this.#state = state;
  }

  /** Reads when it rings. Never throws: one of which that cannot be read is set anew. */
  async restore(): Promise<void> {
    this.#atMs = await this.#state.storage.getAlarm().catch(() => null);
  }

  /** It has rung, or is to be worked out anew. */
  forget(): void {
    this.#atMs = null;
  }

  /** Whether it is set and rings by then. */
  comesBy(atMs: number): boolean {
    return this.#atMs !== null && this.#atMs <= atMs && this.#atMs > Date.now() - LOST_MS;
  }

  async set(atMs: number): Promise<void> {
    this.#atMs = atMs;
    await this.#state.storage.setAlarm(atMs);
  }

  /** It could not be worked out or set: another try soon, as long as one can be set at all. Never throws. */
  async setAllTheSame(error: unknown): Promise<void> {
    const student = this.#state.id.name;
    log("error", "alarm_not_planned", { student, error: describeForLog(error) });
    try {
      await this.set(Date.now() + RETRY_MS);
    } catch (failure) {
      this.forget();
      log("error", "alarm_not_set", { student, error: describeForLog(failure) });
    }
  }
}
