import { dataOf, send } from "./client.ts";
import { newEmail, newPerson, PASSWORD, signIn, type Tokens } from "./people.ts";
import type { Recipe } from "./recipe.ts";

const API = "/api/v1";

type Classroom = { readonly id: string; readonly join_code: string };
type Made = Classroom & { readonly path: string; readonly token: string };

const post = <Data>(baseUrl: string, token: string, path: string, body: object = {}): Promise<Data> =>
  dataOf<Data>(send(baseUrl, { method: "POST", path, token, body }), path);

/** A class of the demo teacher's that nothing else uses. */
async function newClassroom(baseUrl: string): Promise<Made> {
  const { access_token: token } = await signIn(baseUrl, "teacher");
  const body = { title: "Proof", grade_id: 7 };
  const made = await post<Classroom>(baseUrl, token, `${API}/classrooms`, body);
  return { ...made, path: `${API}/classrooms/${made.id}`, token };
}

/** The same with one student in it. */
async function withStudent(baseUrl: string): Promise<Made & { readonly student: Tokens }> {
  const [made, student] = await Promise.all([newClassroom(baseUrl), newPerson(baseUrl)]);
  await post(baseUrl, made.token, `${made.path}/enroll`, { student_id: student.user.id });
  return { ...made, student };
}

/** The same with one group of that student. */
async function withGroup(baseUrl: string): Promise<{ readonly token: string; readonly path: string }> {
  const { path, token, student } = await withStudent(baseUrl);
  const body = { title: "Proof", student_ids: [student.user.id] };
  const { id } = await post<{ id: string }>(baseUrl, token, `${path}/groups`, body);
  return { token, path: `${path}/groups/${id}` };
}

/** A teacher's code for a student's parent, and a parent. */
async function withCode(baseUrl: string) {
  const [{ path, token, student }, parent] = await Promise.all([withStudent(baseUrl), newPerson(baseUrl, "PARENT")]);
  const invited = `${path}/students/${student.user.id}/parent-code`;
  const { code } = await post<{ code: string }>(baseUrl, token, invited);
  return { code, parent, path, teacherToken: token, childId: student.user.id };
}

async function newTeacher(baseUrl: string): Promise<{ readonly id: string; readonly email: string }> {
  const { access_token: token } = await signIn(baseUrl, "admin");
  const body = { email: newEmail(), password: PASSWORD, full_name: "Pat Proof", role: "TEACHER" };
  return { ...(await post<{ id: string }>(baseUrl, token, `${API}/admin/users`, body)), email: body.email };
}

const inNewClassroom: Recipe = {
  prepare: async (baseUrl) => {
    const { id, token } = await newClassroom(baseUrl);
    return { id, token };
  },
};
const ofNewGroup: Recipe = { prepare: withGroup };

export const CLASSROOM_RECIPES: Readonly<Record<string, readonly Recipe[]>> = {
  createClassroom: [
    {},
    {
      name: "createClassroom, with a key",
      prepare: async () => ({ headers: { "Idempotency-Key": crypto.randomUUID() } }),
    },
  ],
  changeClassroom: [inNewClassroom],
  renewJoinCode: [inNewClassroom],
  revokeJoinCode: [inNewClassroom],
  joinClassroom: [
    {
      prepare: async (baseUrl) => {
        const [{ join_code }, student] = await Promise.all([newClassroom(baseUrl), newPerson(baseUrl)]);
        return { body: { join_code }, token: student.access_token };
      },
    },
  ],
  leaveClassroom: [
    {
      prepare: async (baseUrl) => {
        const { id, student } = await withStudent(baseUrl);
        return { id, token: student.access_token };
      },
    },
  ],
  removeStudent: [
    {
      prepare: async (baseUrl) => {
        const { path, token, student } = await withStudent(baseUrl);
        return { path: `${path}/students/${student.user.id}`, token };
      },
    },
  ],
  addTeacher: [
    {
      prepare: async (baseUrl) => {
        const [{ id, token }, { email }] = await Promise.all([newClassroom(baseUrl), newTeacher(baseUrl)]);
        return { id, token, body: { email } };
      },
    },
  ],
  removeTeacher: [
    {
      prepare: async (baseUrl) => {
        const [{ path, token }, teacher] = await Promise.all([newClassroom(baseUrl), newTeacher(baseUrl)]);
        await post(baseUrl, token, `${path}/teachers`, { email: teacher.email });
        return { path: `${path}/teachers/${teacher.id}`, token };
      },
    },
  ],
  createGroup: [
    {
      prepare: async (baseUrl) => {
        const { id, token, student } = await withStudent(baseUrl);
        return { id, token, body: { title: "Proof", student_ids: [student.user.id] } };
      },
    },
  ],
  readGroup: [ofNewGroup],
  changeGroup: [ofNewGroup],
  deleteGroup: [ofNewGroup],
  withdrawParentCodes: [
    {
      prepare: async (baseUrl) => {
        const { path, token, student } = await withStudent(baseUrl);
        return { path: `${path}/students/${student.user.id}/parent-code`, token };
      },
    },
  ],
  unlinkParent: [
    {
      prepare: async (baseUrl) => {
        const { code, parent, path, teacherToken, childId } = await withCode(baseUrl);
        await post(baseUrl, parent.access_token, `${API}/me/children`, { code });
        return { path: `${path}/students/${childId}/parents/${parent.user.id}`, token: teacherToken };
      },
    },
  ],
  linkChild: [
    {
      prepare: async (baseUrl) => {
        const { code, parent } = await withCode(baseUrl);
        return { token: parent.access_token, body: { code } };
      },
    },
  ],
  unlinkChild: [
    {
      prepare: async (baseUrl) => {
        const { code, parent, childId } = await withCode(baseUrl);
        await post(baseUrl, parent.access_token, `${API}/me/children`, { code });
        return { id: childId, token: parent.access_token };
      },
    },
  ],
};
