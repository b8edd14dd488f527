import { within } from "../http/within.ts";
import type { Services } from "../services.ts";
import type { Report } from "./activity.ts";
import { askStudents } from "./ask-students.ts";
import { emptySeat, Picture } from "./picture.ts";
import { readRoll } from "./read-roll.ts";

/** Who looks waits so long for students to answer. */
const PATIENCE_MS = 5_000;
/** Who looks so soon after sees the same again: a glance wakes the objects of a whole class. */
const KEPT_MS = 3_000;

/** A class as it was seen in passing, and when. */
type Seen = { readonly picture: Picture; readonly atMs: number };

/** What those see of a class who only look once, while nobody watches: its students are asked, and nothing is stored. */
export class Glance {
  readonly #state: DurableObjectState;
  readonly #services: Services;
  #last: { readonly seen: Promise<Seen | null>; keptUntilMs: number } | undefined;

  constructor(state: DurableObjectState, services: Services) {
    this.#state = state;
    this.#services = services;
  }

  /** The class now, or a few seconds ago; who looks while its students are being asked shares that. Null where it is closed. */
  at(classroomId: string): Promise<Seen | null> {
    if (this.#last && Date.now() < this.#last.keptUntilMs) return this.#last.seen;
    const last = { seen: this.#look(classroomId), keptUntilMs: Number.POSITIVE_INFINITY };
    this.#last = last;
    this.#state.waitUntil(
      last.seen.then(
        (seen) => {
          last.keptUntilMs = seen ? Date.now() + KEPT_MS : 0;
        },
        () => {
          last.keptUntilMs = 0;
        },
      ),
    );
    return last.seen;
  }

  /** Who is in the class has changed: the next look is a new one. */
  forget(): void {
    this.#last = undefined;
  }

  async #look(classroomId: string): Promise<Seen | null> {
    const roll = await readRoll(this.#services.db, classroomId);
    if (!roll) return null;
    const picture = new Picture(roll.students.map(emptySeat));
    const over = new AbortController();
    const take = (studentId: string, report: Report) => picture.take(studentId, report, Date.now());
    const asking = askStudents(this.#services, { classroomId, untilMs: null }, picture.ids, take, over.signal);
    this.#state.waitUntil(asking);
    // Who has not answered by then is shown as OFFLINE.
    await within(PATIENCE_MS, asking).catch(() => {});
    over.abort();
    return { picture, atMs: Date.now() };
  }
}
