import { describeForLog } from "../http/fault-log.ts";
import { log } from "../http/log.ts";
import type { Profile, Student } from "./student.ts";

type Effects = {
  /** What the record has of a student; undefined where it knows no such. */
  readonly read: (studentId: string) => Promise<Profile | undefined>;
  /** The student as the object has them; null while nothing is stored. */
  readonly student: () => Student | null;
  readonly adopt: (profile: Profile) => void;
};

/** Keeps the profile in a student's object as the record has it. */
export class ProfileReader {
  readonly #effects: Effects;
  #reading: Promise<void> = Promise.resolve();

  constructor(effects: Effects) {
    this.#effects = effects;
  }

  /**
   * Reads it, and has it adopted where it is another. One read begins when the other has ended, so that what the record
   * held last is adopted last. Never throws: what could not be read is read after a flush, see `follow`.
   */
  read(): Promise<void> {
    return this.#readNext(null);
  }

  /**
   * Reads it where the record has shown another than the object has: a change came before the object was made, or nobody
   * could tell of it. What was shown is not adopted itself, as a later one may have been read meanwhile. Never throws.
   */
  async follow(shown: Profile | null): Promise<void> {
    if (shown) await this.#readNext(shown);
  }

  #readNext(shown: Profile | null): Promise<void> {
    this.#reading = this.#reading.then(() => this.#readOnce(shown));
    return this.#reading;
  }

  async #readOnce(shown: Profile | null): Promise<void> {
    try {
      const student = this.#effects.student();
      if (!student || student.isGuest || (shown && isSame(shown, student.profile))) return;
      const profile = await this.#effects.read(student.id);
      const known = this.#effects.student()?.profile;
      if (profile && known && !isSame(profile, known)) this.#effects.adopt(profile);
    } catch (error) {
      log("warn", "profile_not_read", { error: describeForLog(error) });
    }
  }
}

const isSame = (one: Profile, other: Profile): boolean =>
  one.gradeLevel === other.gradeLevel &&
  one.timeZone === other.timeZone &&
  one.plan === other.plan &&
  one.isActive === other.isActive;
