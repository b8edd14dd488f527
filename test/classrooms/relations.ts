import {
  ANY_TEACHER,
  all,
  changedByTeachers,
  changedOfPupil,
  child,
  classReport,
  get,
  givenToStudent,
  members,
  nobody,
  ofAssignment,
  ofClass,
  ofGroup,
  ofPupil,
  ofStudent,
  ofStudentAndParents,
  PARENTS,
  pupils,
  type Row,
  readByAdminToo,
  readByTeachers,
  STUDENTS,
  send,
  studentReport,
  TEACHERS,
  whenArchived,
  whenRemoved,
  within,
} from "./relation-rows.ts";

/** Every route that has to do with classes or with somebody's practice, by its operation id, and by of whom it is asked where that is more than one. */
export const RELATIONS: Readonly<Record<string, Row>> = {
  createClassroom: {
    call: send(
      "POST",
      () => "/classrooms",
      () => ({ title: "Another", grade_id: 7 }),
    ),
    answers: { open: all(403, { ...ANY_TEACHER, deactivated: 401 }) },
  },
  listClassrooms: {
    call: get(() => "/classrooms"),
    answers: { open: all(403, ANY_TEACHER) },
    shows: { what: ({ classroomId }) => classroomId, to: ["owner", "coTeacher"] },
  },
  readClassroom: readByTeachers(ofClass, ({ people: { owner, coTeacher } }) => [owner.name, coTeacher.name]),
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
  listClassroomStudents: readByTeachers(within("/students"), pupils),
  removeStudent: changedOfPupil(send("DELETE", ofPupil())),
  // The child has an e-mail address, and so a password of their own.
  resetPupilPassword: changedOfPupil(send("POST", ofPupil("/password")), {
    owner: 409,
    coTeacher: 409,
  }),
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

  listGroups: readByTeachers(within("/groups"), members),
  createGroup: changedByTeachers(
    send("POST", within("/groups"), ({ people }) => ({ title: "New", student_ids: [people.child.id] })),
  ),
  readGroup: readByTeachers(ofGroup, members),
  changeGroup: changedByTeachers(send("PATCH", ofGroup, ({ people }) => ({ student_ids: [people.classmate.id] }))),
  deleteGroup: changedByTeachers(send("DELETE", ofGroup)),

  inviteParent: changedOfPupil(send("POST", ofPupil("/parent-code"))),
  withdrawParentCodes: changedOfPupil(send("DELETE", ofPupil("/parent-code"))),
  listParents: {
    call: get(ofPupil("/parents")),
    tells: ({ people }) => [people.parent.name],
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
  listAssignments: readByTeachers(
    ({ classroomId }) => `/assignments?classroom_id=${classroomId}`,
    ({ assignmentId }) => [assignmentId],
  ),
  changeAssignment: changedByTeachers(send("PATCH", ofAssignment, () => ({ target_smartscore: 90 }))),
  deleteAssignment: changedByTeachers(send("DELETE", ofAssignment)),
  listMyAssignments: {
    call: get(() => "/me/assignments"),
    answers: { open: all(403, STUDENTS) },
    shows: { what: ({ assignmentId }) => assignmentId, to: ["child", "classmate"] },
  },
  "listMyAssignments of the student": ofStudentAndParents(
    ({ student }) => `/me/assignments?student_id=${student.id}`,
    { open: 200, archived: 200 },
    ({ assignmentId }) => assignmentId,
  ),
  readMyAssignment: {
    call: get(({ assignmentId }) => `/me/assignments/${assignmentId}`),
    answers: {
      open: all(403, { child: 200, classmate: 200, removed: 404, otherStudent: 404 }),
      archived: whenArchived(403, { child: 404, classmate: 404, removed: 404, otherStudent: 404 }),
    },
  },
  "readMyAssignment of the student": ofStudentAndParents(
    ({ assignmentId, student }) => `/me/assignments/${assignmentId}?student_id=${student.id}`,
    { open: 200, archived: 404 },
    ({ assignmentId }) => assignmentId,
  ),
  readScoreGrid: readByTeachers(
    ({ classroomId, assignmentId }) => `/teacher/classrooms/${classroomId}/assignments/${assignmentId}/score-grid`,
    pupils,
  ),
  readClassAnalytics: readByTeachers(({ classroomId }) => `/teacher/analytics/classroom/${classroomId}`, pupils),
  readLiveClassroom: {
    call: get(({ classroomId }) => `/teacher/classrooms/${classroomId}/live`),
    tells: pupils,
    answers: { open: all(403, TEACHERS), archived: whenArchived(403) },
  },

  readQuickView: classReport("/quick-view", nobody),
  readClassUsage: classReport("/usage", child),
  readClassScoreGrid: classReport("/score-grid", pupils),
  readClassTroubleSpots: classReport("/trouble-spots", child),
  readClassProgress: classReport("/progress", child),
  readSkillScoreChart: classReport("/skills/1/score-chart", child),
  readClassQuestionsLog: classReport("/skills/1/questions-log", child),
  readClassItemAnalysis: classReport("/skills/1/item-analysis", nobody),
  readClassGroups: classReport("/groups", pupils),
  readClassEffort: classReport("/effort", child),
  printAssignment: readByAdminToo(({ assignmentId }) => `/reports/assignments/${assignmentId}.pdf`, nobody),

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
