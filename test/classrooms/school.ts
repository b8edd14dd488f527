import type { Role } from "../../src/http/roles.ts";
import { servicesWith } from "../worker/apps.ts";
import { type Answer, api, dataOf, type Json, sql } from "../worker/client.ts";

export { dataOf };

const { tokens } = servicesWith({});

export type Person = { readonly id: string; readonly email: string; readonly token: string; readonly name: string };

let people = 0;

/** Somebody new in this role, signed in; their account was made past the API, which hashes a password. */
export async function newPerson(role: Role, name = `${role.toLowerCase()} ${++people}`): Promise<Person> {
  const email = `${crypto.randomUUID()}@example.com`;
  const rows = await sql<{ id: string }>(
    `insert into users (id, email, full_name, role, password_hash, grade_level)
     values (gen_random_uuid(), $1, $2, $3, '', $4) returning id`,
    [email, name, role, role === "STUDENT" ? 5 : null],
  );
  const id = rows[0]?.id ?? "";
  return { id, email, name, token: await tokens.issue({ userId: id, role }, Date.now()) };
}

export const newTeacher = () => newPerson("TEACHER");
export const newStudent = (name?: string) => newPerson("STUDENT", name);
export const newParent = () => newPerson("PARENT");

export type Body = Record<string, unknown>;

/** A request of somebody's to one of the API's routes. */
export const by = (
  { token }: Pick<Person, "token">,
  method: string,
  path: string,
  body?: Body,
  headers: Record<string, string> = {},
): Promise<Answer> => api(method, path, { token, headers, ...(body === undefined ? {} : { body }) });

/** A class of a teacher's. */
export const newClass = async (teacher: Person, fields: Body = {}): Promise<Json> =>
  dataOf(await by(teacher, "POST", "/classrooms", { title: "Room 12", grade_id: 7, ...fields }));

export const enrol = async (teacher: Person, classroomId: string, ...students: readonly Person[]): Promise<void> => {
  for (const { id } of students) {
    dataOf(await by(teacher, "POST", `/classrooms/${classroomId}/enroll`, { student_id: id }));
  }
};

/** A class with an owner and students in it, all of them new. */
export async function classOf(students: number, fields: Body = {}) {
  const [teacher, ...pupils] = await Promise.all([
    newTeacher(),
    ...Array.from({ length: students }, () => newStudent()),
  ]);
  const classroom = await newClass(teacher, fields);
  await enrol(teacher, classroom.id, ...pupils);
  return { teacher, pupils, classroom };
}

/** Lets another teacher teach a class. */
export const addCoTeacher = async (owner: Person, classroomId: string, teacher: Person): Promise<Json> =>
  dataOf(await by(owner, "POST", `/classrooms/${classroomId}/teachers`, { email: teacher.email }));

export const archive = async (owner: Person, classroomId: string): Promise<Json> =>
  dataOf(await by(owner, "PATCH", `/classrooms/${classroomId}`, { archived: true }));

/** Links a parent to a student by a code of the student's teacher. */
export async function linkParent(teacher: Person, classroomId: string, student: Person, parent: Person): Promise<void> {
  const path = `/classrooms/${classroomId}/students/${student.id}/parent-code`;
  const { code } = dataOf(await by(teacher, "POST", path));
  dataOf(await by(parent, "POST", "/me/children", { code }));
}

/** Who is in a class, as the record has it. */
export const enrolledIn = async (classroomId: string): Promise<string[]> => {
  const rows = await sql<{ id: string }>("select student_id as id from enrolments where classroom_id = $1", [
    classroomId,
  ]);
  return rows.map(({ id }) => id);
};

export const NOBODY = "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001";
