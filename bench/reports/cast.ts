import type { Database } from "../../dev/platform/postgres/database.ts";
import type { Client } from "../load/client.ts";
import { PASSWORD } from "./school/make.ts";
import { ADMIN } from "./school/people.ts";

/** Whom and what a call is about: a class, one of its students, and what they have done. */
export type Cast = {
  readonly classroomId: string;
  readonly assignmentId: string;
  /** A skill in which the student has earned a certificate. */
  readonly skillId: number;
  readonly studentId: string;
  /** A session of the class's with as many answers as any has. */
  readonly sessionId: string;
  readonly teacherToken: string;
  readonly studentToken: string;
  readonly adminToken: string;
};

type Row = {
  classroom_id: string;
  assignment_id: string;
  skill_id: number;
  student_id: string;
  session_id: string;
  teacher: string;
  student: string;
};

/** A cast for each class of a school: each student has a certificate, so that it can be printed. */
const CASTS = `
  SELECT classrooms.id AS classroom_id, assignment.id AS assignment_id, skill.id AS skill_id,
    student.id AS student_id, session.id AS session_id, teachers.email AS teacher, student.username AS student
  FROM classrooms JOIN users AS teachers ON teachers.id = teacher_id
  CROSS JOIN LATERAL (
    SELECT id FROM assignments WHERE classroom_id = classrooms.id ORDER BY assigned_at LIMIT 1
  ) AS assignment
  CROSS JOIN LATERAL (
    SELECT student_id AS id, username, skill_id AS certified_skill FROM certificates
    JOIN enrolments USING (student_id) JOIN users ON users.id = student_id
    WHERE classroom_id = classrooms.id AND type = 'EXCELLENCE' ORDER BY earned_at, code LIMIT 1
  ) AS student
  CROSS JOIN LATERAL (SELECT certified_skill AS id) AS skill
  CROSS JOIN LATERAL (
    SELECT practice_sessions.id FROM practice_sessions JOIN enrolments USING (student_id)
    WHERE classroom_id = classrooms.id ORDER BY answered DESC, practice_sessions.id LIMIT 1
  ) AS session
  ORDER BY classrooms.title, classrooms.id`;

export async function castsOf(database: Database, client: Client): Promise<Cast[]> {
  const casts: Cast[] = [];
  const adminToken = await signIn(client, { email: ADMIN });
  for (const row of await database.query<Row>(CASTS)) {
    casts.push({
      classroomId: row.classroom_id,
      assignmentId: row.assignment_id,
      skillId: row.skill_id,
      studentId: row.student_id,
      sessionId: row.session_id,
      teacherToken: await signIn(client, { email: row.teacher }),
      studentToken: await signIn(client, { username: row.student }),
      adminToken,
    });
  }
  return casts;
}

async function signIn(client: Client, who: object): Promise<string> {
  const body = JSON.stringify({ ...who, password: PASSWORD });
  const reply = await client.send("POST", "/api/v1/auth/login", { body });
  if (reply.status !== 200) throw new Error(`sign in: ${reply.status} ${reply.body.slice(0, 200)}`);
  return (JSON.parse(reply.body) as { data: { access_token: string } }).data.access_token;
}
