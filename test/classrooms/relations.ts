import type { Caller, Scene, Setting } from "./scene.ts";
import { CALLERS } from "./scene.ts";
import type { Body } from "./school.ts";

export type Call = { readonly method: string; readonly path: string; readonly body?: Body };

/** One route against everybody: how it is called in a scene, and what each caller gets in each setting. */
export type Row = {
  readonly call: (scene: Scene) => Call;
  readonly answers: Partial<Record<Setting, Answers>>;
  /** A call changes what it is about: whoever is let through gets a scene of their own. */
  readonly changes?: boolean;
  /** What a list of one's own holds in an open class, and for whom; for nobody else. */
  readonly shows?: { readonly what: (scene: Scene) => string; readonly to: readonly Caller[] };
};

/** The status that each caller gets. */
export type Answers = Readonly<Partial<Record<Caller, number>>>;

/** All get the one status, but for those who are named. */
const all = (status: number, but: Answers = {}, callers: readonly Caller[] = CALLERS): Answers => ({
  ...Object.fromEntries(callers.map((caller) => [caller, status])),
  ...but,
});

/** Of an archived class, and of a student who has left, those who have, or had, to do with it. */
const whenArchived = (status: number, but?: Answers) =>
  all(status, but, ["owner", "coTeacher", "otherTeacher", "child", "parent", "admin"]);
const whenRemoved = (status: number, but?: Answers) =>
  all(status, but, ["owner", "coTeacher", "removed", "parent", "admin"]);

const get =
  (path: (scene: Scene) => string) =>
  (scene: Scene): Call => ({ method: "GET", path: path(scene) });

const send =
  (method: "POST" | "PATCH" | "DELETE", path: (scene: Scene) => string, body?: (scene: Scene) => Body) =>
  (scene: Scene): Call => ({ method, path: path(scene), ...(body ? { body: body(scene) } : {}) });

const ofClass = ({ classroomId }: Scene) => `/classrooms/${classroomId}`;
const within = (rest: string) => (scene: Scene) => `${ofClass(scene)}${rest}`;
const ofPupil =
  (rest = "") =>
  (scene: Scene) =>
    `${ofClass(scene)}/students/${scene.student.id}${rest}`;
const ofGroup = (scene: Scene) => `${ofClass(scene)}/groups/${scene.groupId}`;
const ofAssignment = ({ assignmentId }: Scene) => `/assignments/${assignmentId}`;

const TEACHERS = { owner: 200, coTeacher: 200 } as const;

/** What the teachers of a class read of it, of an archived one too. */
const readByTeachers = (path: (scene: Scene) => string): Row => ({
  call: get(path),
  answers: { open: all(403, TEACHERS), archived: whenArchived(403, TEACHERS) },
});

/** The same where an ADMIN reads it too. */
const readByAdminToo = (path: (scene: Scene) => string): Row => ({
  call: get(path),
  answers: { open: all(403, { ...TEACHERS, admin: 200 }), archived: whenArchived(403, { ...TEACHERS, admin: 200 }) },
});

const classReport = (rest: string): Row =>
  readByAdminToo(({ classroomId }) => `/teacher/classrooms/${classroomId}${rest}`);

/** What the teachers of a class change of it while it is open. */
const changedByTeachers = (call: Row["call"], of: Answers = TEACHERS): Row => ({
  call,
  changes: true,
  answers: { open: all(403, of), archived: whenArchived(403, { owner: 409, coTeacher: 409 }) },
});

/** The same of a student in it: whoever is not in it any more is not found there. */
const changedOfPupil = (call: Row["call"], of: Answers = TEACHERS): Row => {
  const row = changedByTeachers(call, of);
  return { ...row, answers: { ...row.answers, removed: whenRemoved(403, { owner: 404, coTeacher: 404 }) } };
};

/** What a student's own practice shows: to them, their teachers, their parents and an ADMIN. */
const ofStudent = (call: Row["call"], otherwise = 403): Row => ({
  call,
  answers: {
    open: all(otherwise, { ...TEACHERS, child: 200, parent: 200, admin: 200 }),
    archived: whenArchived(otherwise, { child: 200, parent: 200, admin: 200 }),
    removed: whenRemoved(otherwise, { removed: 200, admin: 200 }),
  },
});

const studentReport = (path: string): Row =>
  ofStudent(get(({ student }) => `${path}${path.includes("?") ? "&" : "?"}student_id=${student.id}`));

/** What a student's teachers and an ADMIN do about them. */
const givenToStudent = (call: Row["call"]): Row => ({
  call,
  changes: true,
  answers: {
    open: all(403, { ...TEACHERS, admin: 200 }),
    archived: whenArchived(403, { admin: 200 }),
    removed: whenRemoved(403, { admin: 200 }),
  },
});

const STUDENTS = { child: 200, classmate: 200, removed: 200, otherStudent: 200 } as const;
const PARENTS = { parent: 200, otherParent: 200 } as const;
const ANY_TEACHER = { ...TEACHERS, otherTeacher: 200 } as const;

/** Every route that has to do with classes or with somebody's practice, by its operation id. */
export const RELATIONS: Readonly<Record<string, Row>> = {
  createClassroom: {
    call: send(
      "POST",
      () => "/classrooms",
      () => ({ title: "Another", grade_id: 7 }),
    ),
    answers: { open: all(403, ANY_TEACHER) },
  },
  listClassrooms: {
    call: get(() => "/classrooms"),
    answers: { open: all(403, ANY_TEACHER) },
    shows: { what: ({ classroomId }) => classroomId, to: ["owner", "coTeacher"] },
  },
  readClassroom: readByTeachers(ofClass),
  changeClassroom: changedByTeachers(send("PATCH", ofClass, () => ({ title: "Changed" }))),
  renewJoinCode: changedByTeachers(send("POST", within("/join-code"))),
  revokeJoinCode: changedByTeachers(send("DELETE", within("/join-code"))),

  enrollStudent: changedByTeachers(send("POST", within("/enroll"), ({ student }) => ({ student_id: student.id }))),
  joinClassroom: {
    call: send(
      "POST",
      () => "/classrooms/join",
      ({ joinCode }) => ({ join_code: joinCode }),
    ),
    changes: true,
    answers: {
      open: all(403, STUDENTS),
      archived: whenArchived(403, { child: 404, classmate: 404, removed: 404, otherStudent: 404 }),
    },
  },
  leaveClassroom: {
    call: send("POST", within("/leave")),
    changes: true,
    answers: {
      open: all(403, { child: 200, classmate: 200, removed: 404, otherStudent: 404 }),
      archived: whenArchived(403, { child: 409, classmate: 409, removed: 404, otherStudent: 404 }),
    },
  },
  listMyClassrooms: {
    call: get(() => "/me/classrooms"),
    answers: { open: all(403, STUDENTS) },
    shows: { what: ({ classroomId }) => classroomId, to: ["child", "classmate"] },
  },
  listClassroomStudents: readByTeachers(within("/students")),
  removeStudent: changedOfPupil(send("DELETE", ofPupil())),
  // The child has an e-mail address, and so a password of their own.
  resetPupilPassword: changedOfPupil(send("POST", ofPupil("/password")), { owner: 409, coTeacher: 409 }),
  takeRoster: changedByTeachers(
    send("POST", within("/roster"), () => ({ students: [{ full_name: "Pia Pupil", grade_level: 5 }] })),
  ),
  // They show passwords that are in use: not of a class that is over.
  printLoginCards: {
    ...changedByTeachers(get(({ classroomId }) => `/reports/classrooms/${classroomId}/login-cards.pdf`)),
    changes: false,
  },

  addTeacher: changedByTeachers(
    send("POST", within("/teachers"), ({ people }) => ({ email: people.otherTeacher.email })),
    { owner: 200 },
  ),
  removeTeacher: changedByTeachers(
    send("DELETE", (scene) => `${ofClass(scene)}/teachers/${scene.people.coTeacher.id}`),
  ),

  listGroups: readByTeachers(within("/groups")),
  createGroup: changedByTeachers(
    send("POST", within("/groups"), ({ people }) => ({ title: "New", student_ids: [people.child.id] })),
  ),
  readGroup: readByTeachers(ofGroup),
  changeGroup: changedByTeachers(send("PATCH", ofGroup, ({ people }) => ({ student_ids: [people.classmate.id] }))),
  deleteGroup: changedByTeachers(send("DELETE", ofGroup)),

  inviteParent: changedOfPupil(send("POST", ofPupil("/parent-code"))),
  withdrawParentCodes: changedOfPupil(send("DELETE", ofPupil("/parent-code"))),
  listParents: {
    call: get(ofPupil("/parents")),
    answers: {
      open: all(403, TEACHERS),
      archived: whenArchived(403, TEACHERS),
      removed: whenRemoved(403, { owner: 404, coTeacher: 404 }),
    },
  },
  unlinkParent: changedOfPupil(send("DELETE", (scene) => `${ofPupil("/parents")(scene)}/${scene.people.parent.id}`)),
  linkChild: {
    call: send(
      "POST",
      () => "/me/children",
      ({ parentCode }) => ({ code: parentCode }),
    ),
    changes: true,
    answers: {
      open: all(403, PARENTS),
      // The code's maker does not teach the student any more.
      removed: whenRemoved(403, { parent: 404, otherParent: 404 }),
    },
  },
  listChildren: {
    call: get(() => "/me/children"),
    answers: { open: all(403, PARENTS) },
    shows: { what: ({ student }) => student.id, to: ["parent"] },
  },
  unlinkChild: {
    call: send("DELETE", ({ student }) => `/me/children/${student.id}`),
    changes: true,
    answers: { open: all(403, { parent: 200, otherParent: 404 }) },
  },

  createAssignment: changedByTeachers(
    send(
      "POST",
      () => "/assignments",
      ({ classroomId }) => ({ classroom_id: classroomId, skill_id: 1 }),
    ),
  ),
  listAssignments: readByTeachers(({ classroomId }) => `/assignments?classroom_id=${classroomId}`),
  changeAssignment: changedByTeachers(send("PATCH", ofAssignment, () => ({ target_smartscore: 90 }))),
  deleteAssignment: changedByTeachers(send("DELETE", ofAssignment)),
  listMyAssignments: {
    call: get(() => "/me/assignments"),
    answers: { open: all(403, STUDENTS) },
    shows: { what: ({ assignmentId }) => assignmentId, to: ["child", "classmate"] },
  },
  readMyAssignment: {
    call: get(({ assignmentId }) => `/me/assignments/${assignmentId}`),
    answers: {
      open: all(403, { child: 200, classmate: 200, removed: 404, otherStudent: 404 }),
      archived: whenArchived(403, { child: 404, classmate: 404, removed: 404, otherStudent: 404 }),
    },
  },
  readScoreGrid: readByTeachers(
    ({ classroomId, assignmentId }) => `/teacher/classrooms/${classroomId}/assignments/${assignmentId}/score-grid`,
  ),
  readClassAnalytics: readByTeachers(({ classroomId }) => `/teacher/analytics/classroom/${classroomId}`),
  readLiveClassroom: {
    call: get(({ classroomId }) => `/teacher/classrooms/${classroomId}/live`),
    answers: { open: all(403, TEACHERS), archived: whenArchived(403) },
  },

  readQuickView: classReport("/quick-view"),
  readClassUsage: classReport("/usage"),
  readClassScoreGrid: classReport("/score-grid"),
  readClassTroubleSpots: classReport("/trouble-spots"),
  readClassProgress: classReport("/progress"),
  readSkillScoreChart: classReport("/skills/1/score-chart"),
  readClassQuestionsLog: classReport("/skills/1/questions-log"),
  readClassItemAnalysis: classReport("/skills/1/item-analysis"),
  readClassGroups: classReport("/groups"),
  readClassEffort: classReport("/effort"),
  printAssignment: readByAdminToo(({ assignmentId }) => `/reports/assignments/${assignmentId}.pdf`),

  readItemAnalysis: {
    call: get(() => "/analytics/skills/1/item-analysis"),
    answers: { open: all(403, { admin: 200 }) },
  },
  readAnalyticsOverview: studentReport("/analytics/overview"),
  listPractisedSkills: studentReport("/analytics/skills"),
  listAnsweredQuestions: studentReport("/analytics/all-questions"),
  readQuestionsLog: studentReport("/analytics/skills/1/questions-log"),
  readTroubleSpots: studentReport("/analytics/trouble-spots"),
  readScoreChart: studentReport("/analytics/score-chart"),
  readUsage: studentReport("/analytics/usage"),
  readStudentSummary: studentReport("/analytics/summary"),
  readProgress: studentReport("/analytics/progress"),
  printStudentSummary: ofStudent(get(({ student }) => `/reports/students/${student.id}.pdf`)),
  // Whether there is such a session is nobody else's to know.
  printPracticeSession: ofStudent(
    get(({ sessionId }) => `/reports/practice-sessions/${sessionId}.pdf`),
    404,
  ),

  listAwards: studentReport("/awards"),
  listCertificates: studentReport("/awards/certificates"),
  printCertificate: studentReport("/awards/certificates/EXCELLENCE.pdf?skill_id=1"),
  awardCertificate: givenToStudent(
    send(
      "POST",
      () => "/awards/certificates",
      ({ student }) => ({ student_id: student.id, skill_id: 2, type: "MASTERY" }),
    ),
  ),
  revokeCertificate: givenToStudent(send("DELETE", ({ certificate }) => `/awards/certificates/${certificate}`)),
};
