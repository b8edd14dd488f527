import { plainLetters } from "../../src/plain-letters.ts";
import { enrol, newClass, newStudent, newTeacher, type Person } from "../classrooms/school.ts";
import { sql } from "../worker/client.ts";
import { type Credit, type Deed, type PastSession, recordHistory } from "./student/history.ts";
import { type Raw, rawPractice } from "./student/recomputed.ts";

/** A student of a scene with all that they ever did: what is on record, and every credit of active time. */
export type Pupil = { readonly person: Person; readonly raw: Raw; readonly credits: readonly Credit[] };

export type Skill = {
  skill_id: number;
  skill_name: string;
  permacode: string;
  grade_number: number;
  topic_id: number | null;
  topic_title: string | null;
  subject: string;
  is_published: boolean;
};

export type Scene = {
  readonly teacher: Person;
  readonly classroomId: string;
  readonly title: string;
  /** By name, as every report has them. */
  readonly pupils: readonly Pupil[];
  readonly skills: ReadonlyMap<number, Skill>;
};

/** Numbers that look random and are the same each time (Mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const SKILLS = [1, 2, 3, 5, 8, 16];

/** Of no seeded template: attempts keep a template's id without a foreign key. */
const TEMPLATE = "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c777";

const CHOICES = {
  type: "MCQ" as const,
  prompt: "Which, Zoë?",
  data: { choices: ["A", "B", "C"].map((id) => ({ id, text: `=${id}` })) },
  correctAnswer: { choice: "A" },
};

/** Forty days of a student's life: sessions that end in ups, downs, skips, staying and rapid guesses. */
export function randomHistory(seed: number, sessions: number): PastSession[] {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  const ability = 0.25 + random() * 0.7;
  return Array.from({ length: sessions }, (_, n): PastSession => {
    const isChoice = random() < 0.4;
    const question = isChoice ? { ...CHOICES, id: 901 } : { id: pick([902, 903]) };
    const deeds = Array.from({ length: 1 + Math.floor(random() * 9) }, (_, k): Deed => {
      // Odd milliseconds, so that a total whose parts were cut to whole seconds is another one.
      const odd = ((389 * n + 577 * k + 211) % 1000) / 1000;
      if (random() < 0.1) return { did: pick(["skip", "stay"]), afterSec: Math.floor(random() * 60) + odd };
      const right = random() < ability;
      const afterSec = random() < 0.15 ? 1 + Math.floor(random() * 4) : 5 + Math.floor(random() * 60);
      const wrong = isChoice ? { choice: pick(["B", "C"]) } : { value: pick([6, 7, -5]) };
      return { did: "answer", right, afterSec: afterSec + odd, ...(right ? {} : { submitted: wrong }) };
    });
    const startedAt = new Date(Date.UTC(2026, 0, 2 + Math.floor((n * 40) / sessions), Math.floor(random() * 24), 31));
    return {
      skillId: pick(SKILLS),
      startedAt: startedAt.toISOString(),
      deeds,
      startScore: pick([0, 0, 40, 78, 88, 97]),
      question,
      ...(random() < 0.2 ? { template: TEMPLATE, question: { ...question, id: 1_000_000_001 } } : {}),
    };
  });
}

/** A class of students with these histories, by name. */
export async function sceneOf(histories: readonly (readonly PastSession[])[], timeZone = "UTC"): Promise<Scene> {
  const teacher = await newTeacher();
  const classroom = await newClass(teacher, { title: "Room =1", time_zone: timeZone });
  const pupils: Pupil[] = [];
  for (const [n, past] of histories.entries()) {
    const person = await newStudent(`${["Åsa", "Élise", "=SUM(1)", "Ирина", "zoe", "Zoe"][n % 6]} ${n}`);
    await enrol(teacher, classroom.id, person);
    const credits = await recordHistory(person.id, past, timeZone);
    pupils.push({ person, credits, raw: await rawPractice(person.id) });
  }
  return {
    teacher,
    classroomId: classroom.id,
    title: "Room =1",
    pupils: pupils.toSorted(byName),
    skills: await skillsById(),
  };
}

/** As the test of names has them. */
const byName = ({ person: one }: Pupil, { person: other }: Pupil) =>
  order(plainLetters(one.name).toLowerCase(), plainLetters(other.name).toLowerCase()) || order(one.id, other.id);

/** By code points, as a database compares. */
const order = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

async function skillsById(): Promise<Map<number, Skill>> {
  const rows = await sql<Skill>(
    `select skills.id as skill_id, skills.title as skill_name, permacode, number as grade_number, topics.id as topic_id,
       topics.title as topic_title, subjects.slug as subject, skills.is_published
     from skills join grades on grades.id = grade_id join subjects on subjects.id = subject_id
     left join topics on topics.id = topic_id order by subject_id, number, topics."order" nulls last, code, skills.id`,
  );
  return new Map(rows.map((row) => [row.skill_id, row]));
}
