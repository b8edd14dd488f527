import type { z } from "zod";
import type { TokensDto } from "../../../auth/schemas.ts";
import type { rosterReport } from "../../../classrooms/roster/schemas.ts";
import type { classroom } from "../../../classrooms/schemas.ts";
import type { Account } from "./account.ts";
import { type Reply, send } from "./api.ts";
import { newKey } from "./sending.ts";
import { AnswerKeys, simulatedPupil } from "./simulated-pupil.ts";

export type Classroom = z.infer<typeof classroom>;
type RosterReport = z.infer<typeof rosterReport>;

export type SimulatedClass = {
  readonly classroom: Classroom;
  stop(): void;
};

const TITLE = "Simulated class";
const GRADE = { id: 7, number: 5 };

/** How often each is right; their accounts are made once, whoever asks for them again. */
const PUPILS = [
  { full_name: "Amira Haddad", username: "demo.amira", rightShare: 0.97 },
  { full_name: "Ben Okafor", username: "demo.ben", rightShare: 0.15 },
  { full_name: "Chloé Dubois", username: "demo.chloe", rightShare: 0.85 },
  { full_name: "Diego Fernández", username: "demo.diego", rightShare: 0.7 },
  { full_name: "Mei-Ling Chen", username: "demo.mei-ling", rightShare: 0.99 },
  { full_name: "Priya Nair", username: "demo.priya", rightShare: 0.92 },
] as const;

/**
 * A class of pupils that this page plays itself, through the same API as everybody: made by the teacher from a roster, with
 * whoever has the e-mail `alsoEmail` in it, and practising until stopped.
 */
export async function simulateClass(teacher: Account, alsoEmail: string | null): Promise<Reply<SimulatedClass>> {
  const found = await classOf(teacher);
  if (!found.ok) return found;
  const path = `/classrooms/${found.data.id}`;
  const students = PUPILS.map(({ full_name, username }) => ({ full_name, username, grade_level: GRADE.number }));
  const request = { method: "POST", path: `${path}/roster`, body: { students }, key: newKey() } as const;
  const roster = await teacher.call<RosterReport>(request);
  if (!roster.ok) return roster;
  if (alsoEmail !== null) await teacher.call({ method: "POST", path: `${path}/enroll`, body: { email: alsoEmail } });

  const keys = new AnswerKeys();
  const pupils = await Promise.all(
    roster.data.students.map(async ({ username, password }) => {
      if (username === null || password === null) return undefined;
      const reply = await send<TokensDto>({ method: "POST", path: "/auth/login", body: { username, password } });
      const rightShare = PUPILS.find((pupil) => pupil.username === username)?.rightShare ?? 0.5;
      return reply.ok ? simulatedPupil({ token: reply.data.access_token, rightShare, keys }) : undefined;
    }),
  );
  const stop = () => {
    for (const pupil of pupils) pupil?.stop();
  };
  return { ok: true, total: undefined, data: { classroom: found.data, stop } };
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
