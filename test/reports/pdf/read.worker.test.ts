import { beforeAll, describe, expect, it } from "vitest";
import type { Principal } from "../../../src/http/access-token.ts";
import { readAssignment } from "../../../src/reports/pdf/read-assignment.ts";
import { readPracticeSession } from "../../../src/reports/pdf/read-practice-session.ts";
import { readSummary } from "../../../src/reports/pdf/read-student-summary.ts";
import { practise } from "../../awards/lives.ts";
import { by, classOf, dataOf, type Person } from "../../classrooms/school.ts";
import { servicesWith } from "../../worker/apps.ts";
import { sql } from "../../worker/client.ts";
import { reportOf } from "../asking.ts";
import { attemptsIn, compare, readable, seconds, total } from "../recomputed.ts";
import { type Pupil, randomHistory, type Scene, sceneOf } from "../scene.ts";
import { type RawAttempt, rawPractice } from "../student/recomputed.ts";

/** What documents show, before it is drawn, is what a recount of raw attempts finds. */

const services = servicesWith();

const teaching = ({ id }: Person): Principal => ({ userId: id, role: "TEACHER" });

describe("an assignment", () => {
  const TARGET = 80;
  let teacher: Person;
  let pupils: readonly Person[];
  let assignmentId: string;
  let assignedAt: string;

  beforeAll(async () => {
    const school = await classOf(4);
    ({ teacher, pupils } = school);
    const [, , , early] = pupils as [Person, Person, Person, Person];
    await practise(early.id, [60, 88], { at: "2026-03-02T12:00:00.000Z" });
    const body = { classroom_id: school.classroom.id, skill_id: 1, target_smartscore: TARGET };
    ({ id: assignmentId, assigned_at: assignedAt } = dataOf(await by(teacher, "POST", "/assignments", body)));
    const later = (minutes: number) => ({ at: new Date(Date.parse(assignedAt) + minutes * 60_000).toISOString() });
    const [done, underWay, elsewhere] = pupils as [Person, Person, Person];
    await practise(done.id, [40, 92, 85, 71], later(1));
    await practise(underWay.id, [30, 55, 41], later(2));
    await practise(elsewhere.id, [90], { ...later(3), skillId: 2 });
    await practise(early.id, [79, 64], later(4));
  });

  it("has each student by name, with what they have done since it was given", async () => {
    const { assignment } = await readAssignment(services, teaching(teacher), assignmentId);
    const expected = await Promise.all(
      pupils.map(async ({ id, name }) => workOf(name, (await rawPractice(id)).attempts)),
    );
    expect(assignment.students).toEqual(expected.toSorted((a, b) => compare(a.fullName, b.fullName)));
    const statuses = assignment.students.map(({ status }) => status).toSorted();
    expect(statuses).toEqual(["COMPLETED", "IN_PROGRESS", "IN_PROGRESS", "NOT_STARTED"]);
    expect(assignment).toMatchObject({ target: TARGET, assignedAt: new Date(assignedAt), dueAt: null, isCut: false });
  });

  it("of an archived class is as of its archive at the latest", async () => {
    const { assignment } = await readAssignment(services, teaching(teacher), assignmentId);
    await sql("update classrooms set archived_at = $2 where teacher_id = $1", [teacher.id, assignedAt]);
    const archived = await readAssignment(services, teaching(teacher), assignmentId);
    await sql("update classrooms set archived_at = null where teacher_id = $1", [teacher.id]);
    expect(assignment.asOf?.getTime()).toBeGreaterThan(Date.parse(assignedAt));
    expect(archived.assignment.asOf).toEqual(new Date(assignedAt));
  });

  function workOf(fullName: string, attempts: readonly RawAttempt[]) {
    const since = attempts.filter(({ skill_id, answered_at }) => skill_id === 1 && answered_at >= assignedAt);
    const completing = since.find(({ smartscore_after }) => smartscore_after >= TARGET);
    const last = since.at(-1);
    return {
      fullName,
      status: completing ? "COMPLETED" : last ? "IN_PROGRESS" : "NOT_STARTED",
      bestSmartscore: Math.max(0, ...since.map(({ smartscore_after }) => smartscore_after)),
      lastSmartscore: last?.smartscore_after ?? 0,
      questions: since.length,
      // A minute an answer, as they practised.
      activeSeconds: since.length * 60,
      completedAt: completing ? new Date(completing.answered_at) : null,
      lastActivityAt: last ? new Date(last.answered_at) : null,
    };
  }
});

describe("of a student's life", () => {
  let scene: Scene;
  let pupil: Pupil;

  beforeAll(async () => {
    scene = await sceneOf([randomHistory(31, 25)], "Asia/Tokyo");
    [pupil] = scene.pupils as [Pupil];
  });

  const newest = () => pupil.raw.attempts.at(-1)?.answered_at ?? "";

  it("a session has its questions in the order of practice, with what they came to", async () => {
    for (const session of pupil.raw.sessions) {
      const attempts = attemptsIn(scene, pupil, {}).filter(({ session_id }) => session_id === session.id);
      const { session: printed } = await readPracticeSession(services, teaching(scene.teacher), session.id);
      expect(printed).toMatchObject({
        studentName: pupil.person.name,
        skillTitle: scene.skills.get(session.skill_id)?.skill_name,
        answered: attempts.length,
        correct: total(attempts, ({ is_correct }) => (is_correct ? 1 : 0)),
        smartscore: attempts.at(-1)?.smartscore_after ?? session.smartscore,
        activeSeconds: seconds(session.active_ms),
        timeZone: "Asia/Tokyo",
      });
      expect(printed.questions).toEqual(
        attempts.map((attempt) => ({
          prompt: readable(attempt).question_prompt,
          answer: readable(attempt).user_answer,
          rightAnswer: readable(attempt).correct_answer,
          isCorrect: attempt.is_correct,
          seconds: attempt.time_spent_sec,
          scoreBefore: attempt.smartscore_before,
          scoreAfter: attempt.smartscore_after,
          why: attempt.change_message,
        })),
      );
    }
  });

  it.each([{}, { from: "2026-01-12", to: "2026-01-25" }, { grade_number: 5, score: "current" as const }])(
    "a summary has what the reports of the same days have: %o",
    async (query) => {
      const asked = { score: "best" as const, ...query };
      const who = { principal: teaching(scene.teacher), studentId: pupil.person.id };
      const { summary } = await readSummary(services, who, asked);
      const { data, meta } = await reportOf(pupil.person, "/analytics/summary", query);
      const chart = await reportOf(pupil.person, "/analytics/score-chart", query);
      expect(summary).toEqual({ data, meta, skills: chart.data.skills, isCut: false, timeZone: "Asia/Tokyo" });
      expect(summary.skills.length).toBeGreaterThan(0);
    },
  );

  it("no document takes a mark from before the first event for a time", async () => {
    const [{ id: sessionId } = { id: "" }] = pupil.raw.sessions;
    const read = async () => (await readPracticeSession(services, teaching(scene.teacher), sessionId)).session.asOf;
    expect((await read())?.toISOString() ?? "").toMatch(newest().slice(0, 10));
    const [{ as_of } = { as_of: "" }] = await sql<{ as_of: string }>(
      "select as_of::text from practice_marks where student_id = $1",
      [pupil.person.id],
    );
    await sql("update practice_marks set as_of = null where student_id = $1", [pupil.person.id]);
    const told = await read();
    await sql("update practice_marks set as_of = $2 where student_id = $1", [pupil.person.id, as_of]);
    expect(told).toBeNull();
  });
});
