import { DEMO_ACCOUNTS } from "../../src/pages/demo-accounts.ts";

const [STUDENT, TEACHER, ADMIN] = DEMO_ACCOUNTS;
const TEACHER_ID = "0190a0de-0000-7000-8000-000000000002";
const STUDENT_ID = "0190a0de-0000-7000-8000-000000000003";
const CLASSROOM_ID = "0190a0de-0000-7000-8000-000000000101";

/** The accounts and the class that a demo starts with. */
export const demo = {
  users: [
    {
      id: "0190a0de-0000-7000-8000-000000000001",
      email: ADMIN.email,
      full_name: "Ada Admin",
      role: "ADMIN",
      grade_level: null,
    },
    { id: TEACHER_ID, email: TEACHER.email, full_name: "Tess Teacher", role: "TEACHER", grade_level: null },
    { id: STUDENT_ID, email: STUDENT.email, full_name: "Sam Student", role: "STUDENT", grade_level: 5 },
  ],
  classrooms: [{ id: CLASSROOM_ID, teacher_id: TEACHER_ID, title: "Demo Grade 5", grade_id: 7 }],
  enrollments: [{ classroom_id: CLASSROOM_ID, student_id: STUDENT_ID }],
  assignments: [
    {
      id: "0190a0de-0000-7000-8000-000000000201",
      classroom_id: CLASSROOM_ID,
      skill_id: 1,
      due_at: null,
      target_smartscore: 80,
    },
  ],
} as const;
