import { zoneOf } from "../practice/smartscore.ts";
import { type LiveStatus, nextChangeMs, type Report, statusAt } from "./activity.ts";
import type { LiveStudent } from "./schemas.ts";

export type Classmate = { readonly id: string; readonly fullName: string };

/** One student's place in the picture; plain JSON. */
export type Seat = Classmate & {
  /** Null while their object has said nothing. */
  readonly report: Report | null;
  /** What their status was when it was last told. */
  readonly shown: LiveStatus;
};

/** What the teachers of one class see: every student, in the order of the roll. Nothing in it moves by itself. */
export class Picture {
  #seats: Map<string, Seat>;

  constructor(seats: Iterable<Seat> = []) {
    this.#seats = new Map(Array.from(seats, (seat) => [seat.id, seat]));
  }

  get seats(): Seat[] {
    return [...this.#seats.values()];
  }

  get ids(): string[] {
    return [...this.#seats.keys()];
  }

  seatOf(studentId: string): Seat | undefined {
    return this.#seats.get(studentId);
  }

  /** Takes over who is in the class. Says whether anything of that is another than before, and who is new. */
  arrange(roll: readonly Classmate[]): { isChanged: boolean; joined: string[] } {
    const before = this.#seats;
    this.#seats = new Map(
      roll.map((classmate) => [classmate.id, { ...(before.get(classmate.id) ?? emptySeat(classmate)), ...classmate }]),
    );
    const names = (seats: Map<string, Seat>) =>
      JSON.stringify([...seats.values()].map((seat) => [seat.id, seat.fullName]));
    return {
      isChanged: names(before) !== names(this.#seats),
      joined: roll.flatMap(({ id }) => (before.has(id) ? [] : [id])),
    };
  }

  /** Takes what a student's object says; true where something that is seen is another now. A report that is older than the last says nothing. */
  take(studentId: string, report: Report, nowMs: number): boolean {
    const seat = this.#seats.get(studentId);
    if (!seat || (seat.report && report.atMs < seat.report.atMs)) return false;
    const shown = statusAt(report.doing, nowMs);
    this.#seats.set(studentId, { ...seat, report, shown });
    return shown !== seat.shown || JSON.stringify(report.doing) !== JSON.stringify(seat.report?.doing ?? null);
  }

  /** Lets time pass; gives those whose status is another now. */
  pass(nowMs: number): string[] {
    return this.seats.flatMap((seat) => {
      const shown = statusOf(seat, nowMs);
      if (shown === seat.shown) return [];
      this.#seats.set(seat.id, { ...seat, shown });
      return [seat.id];
    });
  }

  /** When {@link pass} has something to do next; null where time alone changes nothing. */
  nextChangeMs(nowMs: number): number | null {
    const times = this.seats.flatMap(({ id }) => this.nextChangeOf(id, nowMs) ?? []);
    return times.length === 0 ? null : Math.min(...times);
  }

  /** The same for one student. */
  nextChangeOf(studentId: string, nowMs: number): number | null {
    const seat = this.#seats.get(studentId);
    if (!seat) return null;
    return statusOf(seat, nowMs) === seat.shown ? nextChangeMs(seat.report?.doing ?? null, nowMs) : nowMs;
  }

  view(nowMs: number): LiveStudent[] {
    return this.seats.map((seat) => toLiveStudent(seat, nowMs));
  }
}

/** The place of a student of whom nothing is known yet. */
export const emptySeat = (classmate: Classmate): Seat => ({ ...classmate, report: null, shown: "OFFLINE" });

const statusOf = ({ report }: Seat, nowMs: number) => statusAt(report?.doing ?? null, nowMs);

/** A seat as teachers see it. */
export function toLiveStudent(seat: Seat, nowMs: number): LiveStudent {
  const doing = seat.report?.doing;
  return {
    student_id: seat.id,
    full_name: seat.fullName,
    status: statusOf(seat, nowMs),
    session_id: doing?.sessionId ?? null,
    skill_id: doing?.skillId ?? null,
    questions_answered: doing?.answered ?? 0,
    correct: doing?.correct ?? 0,
    incorrect: doing ? doing.answered - doing.correct : 0,
    smartscore: doing?.score ?? null,
    zone: doing ? zoneOf(doing.score) : null,
    last_activity_at: doing ? new Date(doing.lastActivityMs).toISOString() : null,
  };
}
