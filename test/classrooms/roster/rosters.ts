import { type Account, type Answer, api, type Json, sql } from "../../worker/client.ts";
import { dataOf, type SchoolClass } from "../assignments/class.ts";

let names = 0;
const run = Math.floor(Math.random() * 0xffffff).toString(36);

/** A last name that nobody else has, so that no other test takes the usernames that it gives. */
export const newName = () => `Q${run}x${(++names).toString(36)}`;

/** Rows of a roster as a teacher would write them, of so many pupils. */
export const someRows = (count: number) => {
  const lastName = newName();
  return Array.from({ length: count }, (_, index) => ({ full_name: `Pupil${index} ${lastName}`, grade_level: 5 }));
};

export const csvOf = (rows: readonly { full_name: string; grade_level: number; username?: string }[]): string =>
  [
    "full_name,grade_level,username",
    ...rows.map(({ full_name, grade_level, username = "" }) => `${full_name},${grade_level},${username}`),
  ].join("\r\n");

type Sent = { dryRun?: boolean; headers?: Record<string, string>; as?: Account };

const pathOf = ({ id }: Pick<SchoolClass, "id">, dryRun: boolean) =>
  `/classrooms/${id}/roster${dryRun ? "?dry_run=true" : ""}`;

/** Sends a roster as JSON, as the class's teacher or somebody else. */
export const sendRows = (to: SchoolClass, students: unknown, { dryRun = false, headers = {}, as }: Sent = {}) =>
  api("POST", pathOf(to, dryRun), { token: (as ?? to.teacher).token, body: { students }, headers });

/** Sends a roster as CSV. */
export const sendCsv = (to: SchoolClass, raw: BodyInit, { dryRun = false, headers = {}, as }: Sent = {}) =>
  api("POST", pathOf(to, dryRun), {
    token: (as ?? to.teacher).token,
    raw,
    headers: { "Content-Type": "text/csv", ...headers },
  });

export type Pupil = { student_id: string; full_name: string; username: string; password: string };

/** The pupils of a roster that must be taken. */
export const pupilsIn = (answer: Answer): Pupil[] => dataOf(answer).students;

/** So many new pupils in a class. */
export const newPupils = async (into: SchoolClass, count: number): Promise<Pupil[]> =>
  pupilsIn(await sendRows(into, someRows(count)));

/** The accounts whose full names hold this. */
export const accountsNamed = (part: string): Promise<Json[]> =>
  sql("select * from users where full_name like $1 order by username", [`%${part}%`]);

export const studentsOf = async ({ id }: Pick<SchoolClass, "id">): Promise<string[]> => {
  const rows = await sql<{ student_id: string }>("select student_id from enrolments where classroom_id = $1", [id]);
  return rows.map(({ student_id }) => student_id).toSorted();
};

export const resetPassword = ({ id }: Pick<SchoolClass, "id">, studentId: string, { token }: Pick<Account, "token">) =>
  api("POST", `/classrooms/${id}/students/${studentId}/password`, { token });
