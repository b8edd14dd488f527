import fc from "fast-check";
import { v7 as uuid } from "uuid";
import { expect, it } from "vitest";
import { applyEvents } from "../../../src/practice/apply-events.ts";
import type { NumberedEvent } from "../../../src/practice/drain.ts";
import { openSession, type Session } from "../../../src/practice/session.ts";
import { sharedServices } from "../../../src/services.ts";
import { twoChoices } from "../../practice/questions.ts";
import { bindings } from "../../worker/apps.ts";
import { type Account, register, sql } from "../../worker/client.ts";
import { assign, change, dataOf, enrol, newClass, newTeacher, remove, type SchoolClass } from "./class.ts";
import { type Deed, type ExpectedWork, expectedWork } from "./expected-work.ts";

const { db } = sharedServices(bindings);

const skill = fc.constantFrom(1, 1, 1, 2);
const score = fc.oneof(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 70, max: 100 }));
const target = fc.constantFrom(70, 80, 90, 100);
const credit = fc.integer({ min: 0, max: 240_000 });
const done = (weight: number, arbitrary: fc.Arbitrary<Step>) => ({ weight, arbitrary });

type Step =
  | { readonly does: "answer"; readonly skillId: number; readonly score: number; readonly creditMs: number }
  | { readonly does: "wait"; readonly skillId: number; readonly creditMs: number }
  | { readonly does: "sleep" | "join" | "leave" }
  | { readonly does: "drain"; readonly times: number }
  | { readonly does: "assign"; readonly skillId: number; readonly target: number }
  | { readonly does: "retarget"; readonly which: number; readonly target: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  done(
    8,
    fc.record({
      does: fc.constant("answer"),
      skillId: skill,
      score,
      creditMs: credit,
    }),
  ),
  done(3, fc.record({ does: fc.constant("wait"), skillId: skill, creditMs: credit })),
  done(1, fc.record({ does: fc.constant("sleep") })),
  done(4, fc.record({ does: fc.constant("drain"), times: fc.integer({ min: 1, max: 3 }) })),
  done(3, fc.record({ does: fc.constant("assign"), skillId: skill, target })),
  done(2, fc.record({ does: fc.constantFrom("join", "leave") })),
  done(2, fc.record({ does: fc.constant("retarget"), which: fc.nat(5), target })),
);

const iso = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as ${column}`;

/** One student's life with a class, and what must come of it. */
class Life {
  readonly #student: Account;
  readonly #school: SchoolClass;
  readonly #sessions: ReadonlyMap<number, Session>;
  readonly #events: NumberedEvent[] = [];
  readonly #deeds: Deed[] = [];
  readonly #assignments: { id: string; skillId: number; target: number; assignedAtMs: number }[] = [];
  readonly #work = new Map<string, ExpectedWork>();
  /** Of the events, those that are on record. */
  #drained = 0;
  #isIn = false;
  #days = 0;
  #clockMs = 0;

  constructor(student: Account, school: SchoolClass) {
    [this.#student, this.#school] = [student, school];
    const pool = { version: 1, questions: [twoChoices(1, 2)], templates: [] };
    const of = (skillId: number) =>
      openSession({ id: uuid(), skillId, pool, seed: 1, startScore: 0, capMs: 240_000, nowMs: Date.now() });
    this.#sessions = new Map([1, 2].map((skillId) => [skillId, of(skillId)]));
  }

  async take(step: Step): Promise<void> {
    switch (step.does) {
      case "answer":
        return this.#happens(step.skillId, step.creditMs, step.score);
      case "wait":
        return this.#happens(step.skillId, step.creditMs, null);
      case "sleep":
        this.#days += 1;
        return;
      case "drain":
        return this.#drain(step.times);
      case "join":
        await enrol(this.#school, this.#student);
        this.#isIn = true;
        return this.#give();
      case "leave":
        if (this.#isIn) await remove(this.#school, this.#student);
        this.#isIn = false;
        return;
      case "assign":
        return this.#assign(step.skillId, step.target);
      case "retarget":
        return this.#retarget(step.which, step.target);
    }
  }

  /** The work that must be on record. */
  expected() {
    const moment = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
    return [...this.#work]
      .map(([assignment_id, work]) => ({
        assignment_id,
        skill_id: work.skillId,
        best_smartscore: work.best,
        last_smartscore: work.last,
        questions: work.questions,
        active_ms: work.activeMs,
        completed_at: moment(work.completedAtMs),
        last_activity_at: moment(work.lastActivityMs),
      }))
      .sort((a, b) => (a.assignment_id < b.assignment_id ? -1 : 1));
  }

  recorded() {
    return sql(
      `select assignment_id, skill_id, best_smartscore, last_smartscore, questions, active_ms::int,
         ${iso("completed_at")}, ${iso("last_activity_at")}
       from assigned_work where student_id = $1 order by assignment_id::text`,
      [this.#student.id],
    );
  }

  #happens(skillId: number, creditMs: number, scoreAfter: number | null): void {
    const session = this.#sessions.get(skillId);
    if (!session) throw new Error(`no session of ${skillId}`);
    const atMs = Math.max(this.#clockMs + 1, Date.now());
    this.#clockMs = atMs;
    const day = new Date(Date.now() + this.#days * 86_400_000).toISOString().slice(0, 10);
    const base = { sessionId: session.id, atMs, day, creditMs };
    const answer = { kind: "answered", attemptId: uuid(), questionId: 1, generator: null, made: null } as const;
    const rest = {
      mistakeType: null,
      timeSpentSec: 3,
      reason: "zone",
    } as const;
    this.#events.push({
      seq: this.#events.length + 1,
      skillId,
      event:
        scoreAfter === null
          ? { kind: "credited", ...base }
          : { ...answer, ...rest, ...base, submitted: {}, correct: true, scoreBefore: 0, scoreAfter, message: "" },
      question: scoreAfter === null ? null : twoChoices(1, 2),
    });
    if (scoreAfter !== null || creditMs > 0) this.#deeds.push({ skillId, atMs, day, creditMs, scoreAfter });
  }

  /** As their object would, and as it does after lost replies: a batch may come more than once, also at once. */
  async #drain(times: number): Promise<void> {
    const events = this.#events.slice(this.#drained);
    if (events.length === 0) return;
    const batch = {
      studentId: this.#student.id,
      afterSeq: this.#drained,
      events,
      sessions: [...this.#sessions.values()],
    };
    await Promise.all(Array.from({ length: times }, () => applyEvents(db, batch)));
    this.#drained = this.#events.length;
    this.#onRecord = this.#deeds.length;
    for (const [id, work] of this.#work) this.#expect(id, work);
  }

  #onRecord = 0;

  async #assign(skillId: number, target: number): Promise<void> {
    const made = dataOf(await assign(this.#school, { skill_id: skillId, target_smartscore: target }));
    this.#assignments.push({ id: made.id, skillId, target, assignedAtMs: Date.parse(made.assigned_at) });
    if (this.#isIn) this.#give();
  }

  /** They get what they do not have. */
  #give(): void {
    for (const { id, skillId, assignedAtMs } of this.#assignments) {
      if (!this.#work.has(id))
        this.#expect(id, { skillId, assignedAtMs, heldFrom: this.#onRecord, completedAtMs: null });
    }
  }

  async #retarget(which: number, target: number): Promise<void> {
    const assignment = this.#assignments[which];
    if (!assignment) return;
    dataOf(await change(this.#school, assignment.id, { target_smartscore: target }));
    assignment.target = target;
    const work = this.#work.get(assignment.id);
    if (work) this.#expect(assignment.id, work);
  }

  #expect(id: string, held: Pick<ExpectedWork, "skillId" | "assignedAtMs" | "heldFrom" | "completedAtMs">): void {
    const target = this.#assignments.find((assignment) => assignment.id === id)?.target;
    if (target === undefined) throw new Error(`no assignment ${id}`);
    const deeds = this.#deeds.slice(0, this.#onRecord);
    this.#work.set(id, expectedWork(deeds, held, { target, completedAtMs: held.completedAtMs }));
  }
}

it("work on record is what a count over everything that was done comes to, whatever happens in whatever order", async () => {
  const teacher = await newTeacher();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 20 }), async (steps) => {
      const life = new Life(await register(), await newClass([], teacher));
      await life.take({ does: "assign", skillId: 1, target: 70 });
      for (const each of steps) await life.take(each);
      await life.take({ does: "join" });
      await life.take({ does: "drain", times: 1 });
      expect(await life.recorded()).toEqual(life.expected());
    }),
    { numRuns: 15 },
  );
}, 60_000);
