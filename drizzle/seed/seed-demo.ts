import type { Database, Queryable } from "../../dev/platform/postgres/database.ts";
import { hashPassword } from "../../src/auth/password-hash.ts";
import { DEMO_PASSWORD } from "../../src/pages/demo-accounts.ts";
import { demo } from "./demo.ts";

/** The Worker's default; under other settings it makes the hash anew at the first sign-in. */
const ARGON2 = { memoryKib: 12_288, iterations: 3 };

/**
 * Puts the demo accounts, their class, the enrolment and the assignment where they are missing, and touches none that is
 * there; resolves with what there is, in words. What refers to an account whose address somebody else has is left out.
 */
export async function seedDemo(database: Database): Promise<string> {
  const users = await withHashes(await missingUsers(database));
  await database.transaction(async (transaction) => {
    await insert(
      transaction,
      `insert into users (id, email, full_name, role, grade_level, password_hash)
       select id, email, full_name, role, grade_level, password_hash from jsonb_to_recordset($1::jsonb)
         as demo (id uuid, email text, full_name text, role text, grade_level smallint, password_hash text)
       on conflict do nothing`,
      users,
    );
    await insert(
      transaction,
      `insert into classrooms (id, teacher_id, title, grade_id)
       select demo.id, teacher_id, title, grade_id from jsonb_to_recordset($1::jsonb)
         as demo (id uuid, teacher_id uuid, title text, grade_id integer)
       join users on users.id = teacher_id
       on conflict do nothing`,
      demo.classrooms,
    );
    await insert(
      transaction,
      `insert into enrolments (classroom_id, student_id)
       select classroom_id, student_id from jsonb_to_recordset($1::jsonb) as demo (classroom_id uuid, student_id uuid)
       join users on users.id = student_id
       join classrooms on classrooms.id = classroom_id
       on conflict do nothing`,
      demo.enrollments,
    );
    await insert(
      transaction,
      `insert into assignments (id, classroom_id, skill_id, due_at, target_smartscore)
       select demo.id, classroom_id, skill_id, due_at, target_smartscore from jsonb_to_recordset($1::jsonb)
         as demo (id uuid, classroom_id uuid, skill_id integer, due_at timestamptz, target_smartscore smallint)
       join classrooms on classrooms.id = classroom_id
       on conflict do nothing`,
      demo.assignments,
    );
    await transaction.query(
      `insert into assigned_work (assignment_id, student_id, skill_id)
       select assignments.id, student_id, skill_id
       from jsonb_to_recordset($1::jsonb) as demo (id uuid)
       join assignments on assignments.id = demo.id
       join enrolments on enrolments.classroom_id = assignments.classroom_id
       on conflict do nothing`,
      [JSON.stringify(demo.assignments)],
    );
  });
  return `${demo.users.length} demo accounts`;
}

async function missingUsers(database: Database) {
  const there = await database.query<{ email: string }>(
    "select lower(email) as email from users where lower(email) in (select lower(value) from jsonb_array_elements_text($1::jsonb))",
    [JSON.stringify(demo.users.map(({ email }) => email))],
  );
  return demo.users.filter(({ email }) => !there.some((row) => row.email === email));
}

function withHashes<User extends object>(users: readonly User[]): Promise<(User & { password_hash: string })[]> {
  return Promise.all(
    users.map(async (user) => ({ ...user, password_hash: await hashPassword(DEMO_PASSWORD, ARGON2) })),
  );
}

async function insert(transaction: Queryable, statement: string, rows: readonly object[]): Promise<void> {
  if (rows.length > 0) await transaction.query(statement, [JSON.stringify(rows)]);
}
