import { expect, vi } from "vitest";
import { type Account, type Answer, api, dataOf, type Json } from "../../worker/client.ts";
import { answerCurrent, begin, eventsIn, recordOf } from "../../worker/practice.ts";
import { newTeacher, type Person } from "../school.ts";

export { dataOf, newTeacher };

export type SchoolClass = { readonly id: string; readonly teacher: Person };

/** A new class, of a new teacher's unless one is given, with these students in it. */
export async function newClass(students: readonly Account[] = [], owner?: Person): Promise<SchoolClass> {
  const teacher = owner ?? (await newTeacher());
  const { token } = teacher;
  const { id } = dataOf(await api("POST", "/classrooms", { token, body: { title: "Test class", grade_id: 7 } }));
  for (const student of students) await enrol({ id, teacher }, student);
  return { id, teacher };
}

export const enrol = async ({ id, teacher: { token } }: SchoolClass, student: Account): Promise<void> => {
  dataOf(await api("POST", `/classrooms/${id}/enroll`, { token, body: { student_id: student.id } }));
};

export const remove = async ({ id, teacher: { token } }: SchoolClass, student: Account): Promise<void> => {
  dataOf(await api("DELETE", `/classrooms/${id}/students/${student.id}`, { token }));
};

export async function newGroup({ id, teacher: { token } }: SchoolClass, students: readonly Account[]): Promise<Json> {
  const body = { title: "Test group", student_ids: students.map((student) => student.id) };
  return dataOf(await api("POST", `/classrooms/${id}/groups`, { token, body }));
}

/** The reply to an assignment of skill 1 to a class, unless it says otherwise. */
export const assign = ({ id, teacher: { token } }: SchoolClass, body: Record<string, unknown> = {}): Promise<Answer> =>
  api("POST", "/assignments", {
    token,
    body: { classroom_id: id, ...("skill_ids" in body ? {} : { skill_id: 1 }), ...body },
  });

export const change = ({ teacher: { token } }: SchoolClass, assignmentId: string, body: unknown): Promise<Answer> =>
  api("PATCH", `/assignments/${assignmentId}`, { token, body });

/** How each student of the class is, as its teacher sees it, by the student's id. */
export async function gridOf({ id, teacher: { token } }: SchoolClass, assignmentId: string): Promise<Json> {
  const grid = dataOf(await api("GET", `/teacher/classrooms/${id}/assignments/${assignmentId}/score-grid`, { token }));
  return { ...grid, of: (student: Account) => grid.rows.find((row: Json) => row.student_id === student.id) };
}

export const mine = async ({ token }: Account): Promise<Json[]> =>
  dataOf(await api("GET", "/me/assignments", { token }));

/** Answers questions of a skill, right or wrong; the last reply. */
export async function practise(student: Account, answers: readonly boolean[], skillId = 1): Promise<Json> {
  let session = await begin(student, skillId);
  let reply: Json;
  for (const isRight of answers) {
    reply = await answerCurrent(student, session, isRight);
    session = reply.session;
  }
  return reply;
}

/** Resolves when all that a student's object has is on record. */
export const drained = (student: Account): Promise<void> =>
  vi.waitFor(
    async () => {
      const newest = (await eventsIn(student.id)).at(-1)?.seq ?? 0;
      expect((await recordOf(student.id)).mark).toBe(newest);
    },
    { timeout: 15_000, interval: 50 },
  );
