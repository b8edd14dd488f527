import type { Certificate } from "../../src/pdf/certificate.ts";
import type { LoginCards } from "../../src/pdf/login-cards.ts";
import type { PrintedAssignment, PrintedWork } from "../../src/reports/pdf/draw-assignment.ts";
import type { PrintedQuestion, PrintedSession } from "../../src/reports/pdf/draw-practice-session.ts";
import type { PrintedSummary } from "../../src/reports/pdf/draw-student-summary.ts";

/** Names as schools have them, and some that no font has all signs of. */
export const NAMES = [
  "Nguyễn Thị Thuỷ Tiên",
  "Żółcisława Gęślą-Jaźń",
  "İsmail Çağrı Öztürkoğlu",
  "Ιωάννης Παπαδόπουλος",
  "Владислав Щербаков",
  "José Núñez O’Neill",
  "Foxy 🦊 👩‍👩‍👧",
  "李小龙",
  "محمد صلاح",
  "Adébáyọ̀ Ọlọ́runtóbi X̱ʼ g̱ooch Gülnarə",
] as const;

const NAME = NAMES[0];
const MOMENT = new Date("2026-11-22T08:26:10Z");

/** A question of 500 characters. */
export const LONG_PROMPT = "Lena shares boxes of pencils with the friends in her class and counts what is left. "
  .repeat(6)
  .slice(0, 499)
  .concat("?");

/** A session with so many questions, of which some are long; wrong every fifth time. */
export function sampleSession(count: number, studentName: string = NAME): PrintedSession {
  let score = 20;
  const questions = Array.from({ length: count }, (_, index): PrintedQuestion => {
    const isCorrect = index % 5 !== 4;
    const scoreBefore = score;
    score = Math.max(0, Math.min(100, score + (isCorrect ? Math.ceil((100 - score) / 14) : -5)));
    return {
      prompt:
        index % 10 === 3 ? `(${index + 1}) ${LONG_PROMPT}` : `(${index + 1}) What is ${index} × 7² ÷ √49? π ≈ 3.14`,
      answer: String(index * 7 + (isCorrect ? 0 : 1)),
      rightAnswer: String(index * 7),
      isCorrect,
      seconds: 5 + ((index * 13) % 90),
      scoreBefore,
      scoreAfter: score,
      why: `${score - scoreBefore}: in this zone a ${isCorrect ? "right" : "wrong"} answer moves you so far.`,
    };
  });
  return {
    studentName,
    skillTitle: "Multiply whole numbers",
    skillPlace: "A.1 · Grade 5 · Math",
    startedAt: new Date("2026-11-22T08:00:00Z"),
    finishedAt: MOMENT,
    finishedReason: "FINISHED",
    activeSeconds: 1_520,
    smartscore: score,
    answered: count,
    correct: questions.filter(({ isCorrect }) => isCorrect).length,
    questions,
    timeZone: "Europe/Paris",
    asOf: MOMENT,
  };
}

/** An assignment of a class of so many: a third has completed it, a third has begun. */
export function sampleAssignment(count: number): PrintedAssignment {
  const statuses = ["COMPLETED", "IN_PROGRESS", "NOT_STARTED"] as const;
  const students = Array.from({ length: count }, (_, index): PrintedWork => {
    const status = statuses[index % 3] ?? "NOT_STARTED";
    const best = { COMPLETED: 80 + (index % 21), IN_PROGRESS: index % 80, NOT_STARTED: 0 }[status];
    const hasStarted = status !== "NOT_STARTED";
    return {
      fullName: `${NAMES[index % NAMES.length]} (${index + 1})`,
      status,
      bestSmartscore: best,
      lastSmartscore: Math.max(0, best - (index % 6)),
      questions: hasStarted ? 5 + (index % 60) : 0,
      activeSeconds: hasStarted ? 60 + ((index * 71) % 3_600) : 0,
      completedAt: status === "COMPLETED" ? MOMENT : null,
      lastActivityAt: hasStarted ? MOMENT : null,
    };
  });
  return {
    classTitle: "Demo Grade 5",
    skillTitle: "Multiply whole numbers",
    skillPlace: "A.1 · Grade 5 · Math",
    target: 80,
    assignedAt: new Date("2026-11-10T09:00:00Z"),
    dueAt: new Date("2026-11-27T15:00:00Z"),
    students,
    isCut: false,
    timeZone: "America/New_York",
    asOf: MOMENT,
  };
}

const skillNamed = (skill_name: string) => ({
  skill_id: 1,
  skill_name,
  permacode: "MC96",
  grade_number: 5,
  topic_id: 1,
  topic_title: "Multiplication and division",
});

/** The summary of a student with so many skills. */
export function sampleSummary(count: number, full_name: string = NAME): PrintedSummary {
  const hasAny = count > 0;
  const spot = { questions: 40, correct: 31, accuracy_percent: 77.5 };
  return {
    data: {
      full_name,
      grade_level: 5,
      totals: {
        days_practised: hasAny ? 23 : 0,
        skills: count,
        skills_mastered: Math.floor(count / 4),
        skills_excellent: Math.floor(count / 4),
        skills_proficient: Math.floor(count / 4),
        skills_practised: count - 3 * Math.floor(count / 4),
        questions: count * 40,
        correct: count * 31,
        accuracy_percent: hasAny ? 77.5 : 0,
        active_time_seconds: count * 1_149,
      },
      trouble_spots: hasAny ? [{ ...skillNamed("Percent of a quantity"), ...spot, wrong: 9, smartscore: 58 }] : [],
      next_skills: hasAny ? [{ ...skillNamed("Divide fractions"), reason: "READY", smartscore: null }] : [],
    },
    meta: {
      as_of: hasAny ? MOMENT.toISOString() : null,
      period: { from: "2026-11-01", to: "2026-11-30" },
      filters: { score: "best" },
    },
    skills: Array.from({ length: count }, (_, index) => ({
      ...skillNamed(`Skill number ${index + 1}`),
      ...spot,
      smartscore: (index * 17) % 101,
      level: "PRACTISED" as const,
      active_time_seconds: 1_149,
      last_practiced_at: MOMENT.toISOString(),
      is_assigned: false,
    })),
    isCut: false,
    timeZone: "Asia/Tokyo",
  };
}

export function sampleCertificate(type: Certificate["type"], studentName: string = NAME): Certificate {
  return {
    type,
    studentName,
    skillTitle: "Multiply whole numbers",
    skillPlace: "Grade 5 · Math",
    date: "2026-11-22",
    awardedBy: type === "MASTERY" ? null : "Tess Teacher",
    code: "A1B2C-3D4E5-F6071-8293A",
    verifyUrl: "https://ascent.example.com/verify/A1B2C3D4E5F60718293A",
  };
}

export function sampleCards(count: number): LoginCards {
  return {
    classroom: "Demo Grade 5",
    signInUrl: "https://ascent.example.com",
    cards: Array.from({ length: count }, (_, index) => ({
      fullName: NAMES[index % NAMES.length] ?? NAME,
      username: `pupil.name${index + 1}`,
      password: index % 4 === 3 ? null : `Kite-Il1-7O0-${index + 1}`,
    })),
  };
}
