import { CALLERS, type Caller, type Scene, type Setting } from "./scene.ts";
import type { Body } from "./school.ts";

export type Call = { readonly method: string; readonly path: string; readonly body?: Body };

/** One route against everybody: how it is called in a scene, and what each caller gets in each setting. */
export type Row = {
  readonly call: (scene: Scene) => Call;
  readonly answers: Partial<Record<Setting, Answers>>;
  /** A call changes what it is about: whoever is let through gets a scene of their own. */
  readonly changes?: boolean;
  /** What there must be in the reply to whoever is let through, beside nothing of a stranger's. */
  readonly tells?: Tells;
  /** What a list of one's own holds in an open class, and for whom; for nobody else. */
  readonly shows?: { readonly what: (scene: Scene) => string; readonly to: readonly Caller[] };
};

/** The status that each caller gets. */
export type Answers = Readonly<Partial<Record<Caller, number>>>;

/** All get the one status, but for those who are named. */
export const all = (status: number, but: Answers = {}, callers: readonly Caller[] = CALLERS): Answers => ({
  ...Object.fromEntries(callers.map((caller) => [caller, status])),
  ...but,
});

/** Of an archived class, and of a student who has left, those who have, or had, to do with it. */
export const whenArchived = (status: number, but?: Answers) =>
  all(status, but, ["owner", "coTeacher", "otherTeacher", "child", "parent", "admin"]);
export const whenRemoved = (status: number, but?: Answers) =>
  all(status, but, ["owner", "coTeacher", "removed", "parent", "admin"]);

export const get =
  (path: (scene: Scene) => string) =>
  (scene: Scene): Call => ({ method: "GET", path: path(scene) });

export const send =
  (method: "POST" | "PATCH" | "DELETE", path: (scene: Scene) => string, body?: (scene: Scene) => Body) =>
  (scene: Scene): Call => ({ method, path: path(scene), ...(body ? { body: body(scene) } : {}) });

export const ofClass = ({ classroomId }: Scene) => `/classrooms/${classroomId}`;
export const within = (rest: string) => (scene: Scene) => `${ofClass(scene)}${rest}`;
export const ofPupil =
  (rest = "") =>
  (scene: Scene) =>
    `${ofClass(scene)}/students/${scene.student.id}${rest}`;
export const ofGroup = (scene: Scene) => `${ofClass(scene)}/groups/${scene.groupId}`;
export const ofAssignment = ({ assignmentId }: Scene) => `/assignments/${assignmentId}`;

/** What a reply is to hold. */
type Tells = (scene: Scene) => readonly string[];

export const pupils: Tells = ({ people: { child, classmate } }) => [child.name, classmate.name];
export const child: Tells = ({ people }) => [people.child.name];
export const members: Tells = ({ people }) => [people.child.id, people.classmate.id];
export const nobody: Tells = () => [];

/** Not who was deactivated, though their access token outlives that by its quarter of an hour at most. */
export const TEACHERS = { owner: 200, coTeacher: 200 } as const;

/** What the teachers of a class read of it, of an archived one too. */
export const readByTeachers = (path: (scene: Scene) => string, tells: Tells): Row => ({
  call: get(path),
  tells,
  answers: { open: all(403, TEACHERS), archived: whenArchived(403, TEACHERS) },
});

/** The same where an ADMIN reads it too. */
export const readByAdminToo = (path: (scene: Scene) => string, tells: Tells): Row => ({
  call: get(path),
  tells,
  answers: { open: all(403, { ...TEACHERS, admin: 200 }), archived: whenArchived(403, { ...TEACHERS, admin: 200 }) },
});

export const classReport = (rest: string, tells: Tells): Row =>
  readByAdminToo(({ classroomId }) => `/teacher/classrooms/${classroomId}${rest}`, tells);

/** What the teachers of a class change of it while it is open. */
export const changedByTeachers = (call: Row["call"], of: Answers = TEACHERS): Row => ({
  call,
  changes: true,
  answers: { open: all(403, of), archived: whenArchived(403, { owner: 409, coTeacher: 409 }) },
});

/** The same of a student in it: whoever is not in it any more is not found there. */
export const changedOfPupil = (call: Row["call"], of: Answers = TEACHERS): Row => {
  const row = changedByTeachers(call, of);
  return { ...row, answers: { ...row.answers, removed: whenRemoved(403, { owner: 404, coTeacher: 404 }) } };
};

/** What a student's own practice shows: to them, their teachers, their parents and an ADMIN. */
export const ofStudent = (call: Row["call"], otherwise = 403): Row => ({
  call,
  answers: {
    open: all(otherwise, { ...TEACHERS, child: 200, parent: 200, admin: 200 }),
    archived: whenArchived(otherwise, { child: 200, parent: 200, admin: 200 }),
    removed: whenRemoved(otherwise, { removed: 200, admin: 200 }),
  },
});

export const studentReport = (path: string): Row =>
  ofStudent(get(({ student }) => `${path}${path.includes("?") ? "&" : "?"}student_id=${student.id}`));

/** What a student has to do, for them and their parents, in an open class and in an archived one. */
export const ofStudentAndParents = (
  path: (scene: Scene) => string,
  { open, archived }: Record<"open" | "archived", number>,
  what: (scene: Scene) => string,
): Row => ({
  call: get(path),
  shows: { what, to: ["child", "parent"] },
  answers: {
    open: all(403, { child: open, parent: open }),
    archived: whenArchived(403, { child: archived, parent: archived }),
    removed: whenRemoved(403, { removed: archived }),
  },
});

/** What a student's teachers and an ADMIN do about them. */
export const givenToStudent = (call: Row["call"]): Row => ({
  call,
  changes: true,
  answers: {
    open: all(403, { ...TEACHERS, admin: 200 }),
    archived: whenArchived(403, { admin: 200 }),
    removed: whenRemoved(403, { admin: 200 }),
  },
});

export const STUDENTS = { child: 200, classmate: 200, removed: 200, otherStudent: 200 } as const;
export const PARENTS = { parent: 200, otherParent: 200 } as const;
export const ANY_TEACHER = { ...TEACHERS, deactivated: 200, removedTeacher: 200, otherTeacher: 200 } as const;
