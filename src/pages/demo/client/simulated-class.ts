import type { z } from "zod";
import type { rosterReport } from "../../../classrooms/roster/schemas.ts";
import type { classroom } from "../../../classrooms/schemas.ts";
import type { Account } from "./account.ts";
import type { Reply } from "./api.ts";
import { newKey } from "./sending.ts";
import { AnswerKeys, playPupil } from "./simulated-pupil.ts";

export type Classroom = z.infer<typeof classroom>;
type RosterReport = z.infer<typeof rosterReport>;

const TITLE = "Simulated class";
const GRADE = { id: 7, number: 5 };

/** How often each is right. Their accounts are made once in the teacher's class, with user names that nobody else has. */
const PUPILS = [
  { full_name: "Amira Haddad", rightShare: 0.97 },
  { full_name: "Ben Okafor", rightShare: 0.15 },
  { full_name: "Chloé Dubois", rightShare: 0.85 },
  { full_name: "Diego Fernández", rightShare: 0.7 },
  { full_name: "Mei-Ling Chen", rightShare: 0.99 },
  { full_name: "Priya Nair", rightShare: 0.92 },
] as const;

/**
 * A class of pupils that this page plays itself, through the same API as everybody: made by the teacher from a roster, with
 * whoever has the e-mail `alsoEmail` in it, and practising until it is over.
 */
export async function simulateClass(
  teacher: Account,
  alsoEmail: string | null,
  over: AbortSignal,
): Promise<Reply<Classroom>> {
  const found = await classOf(teacher);
  if (!found.ok) return found;
  const path = `/classrooms/${found.data.id}`;
  const students = PUPILS.map(({ full_name }) => ({ full_name, grade_level: GRADE.number }));
  const request = { method: "POST", path: `${path}/roster`, body: { students }, key: newKey() } as const;
  const roster = await teacher.call<RosterReport>(request);
  if (!roster.ok) return roster;
  if (alsoEmail !== null) await teacher.call({ method: "POST", path: `${path}/enroll`, body: { email: alsoEmail } });

  const keys = new AnswerKeys(over);
  for (const { row, username: name, password } of roster.data.students) {
    const pupil = PUPILS[row - 1];
    if (pupil === undefined || name === null || password === null) continue;
    void playPupil({ name, password, rightShare: pupil.rightShare, keys, over });
  }
  return found;
}

/** The teacher's class for this, made where there is none yet. */
async function classOf(teacher: Account): Promise<Reply<Classroom>> {
  const list = await teacher.call<Classroom[]>({ method: "GET", path: "/classrooms" });
  if (!list.ok) return list;
  const known = list.data.find(({ title }) => title === TITLE);
  if (known !== undefined) return { ...list, data: known };
  const body = { title: TITLE, grade_id: GRADE.id };
  return teacher.call<Classroom>({ method: "POST", path: "/classrooms", body, key: newKey() });
}
