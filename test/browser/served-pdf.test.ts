import { describe, expect, inject, it } from "vitest";
import { dataOf, send } from "../../bench/prove/client.ts";
import { newEmail, PASSWORD, type Session, signIn, someSubmission, startSession } from "../../bench/prove/people.ts";
import { NAMES } from "../../dev/pdf/samples.ts";
import { minutesText, shortDayOfMoment } from "../../src/pdf/words.ts";
import { expectSound, flat, pagesOf } from "./poppler.ts";

const baseUrl = inject("baseUrl");

type Student = { readonly id: string; readonly name: string; readonly token: string };

const ask = <Data>(token: string, method: string, path: string, body?: object): Promise<Data> =>
  dataOf<Data>(send(baseUrl, { method, path: `/api/v1${path}`, token, body }), path);

async function newStudent(name: string): Promise<Student> {
  const body = { email: newEmail(), password: PASSWORD, full_name: name, role: "STUDENT", grade_level: 5 };
  const { access_token: token, user } = await ask<{ access_token: string; user: { id: string } }>(
    "",
    "POST",
    "/auth/register",
    body,
  );
  return { id: user.id, name, token };
}

/** The keys that replies have told, by the question's id. */
const keys = new Map<number, object>();

type Reply = { session: Session; correct_answer_data: object };

/** Answers so many questions of a skill, right where the key is known, but every fourth as it comes; gives the session as it was begun. */
async function practise({ token }: Student, skillId: number, answers: number): Promise<Session> {
  const begun = await startSession(baseUrl, token, skillId);
  let { current_question: question } = begun;
  for (let turn = 0; turn < answers; turn++) {
    const key = turn % 4 === 3 ? undefined : keys.get(question.id);
    const submission = { ...someSubmission(question, turn), ...(key && { submitted_answer: key }) };
    const reply = await ask<Reply>(token, "POST", `/practice/sessions/${begun.id}/submit`, submission);
    keys.set(question.id, reply.correct_answer_data);
    question = reply.session.current_question;
  }
  return begun;
}

/** All that is printed on a document's pages; undefined where it is not on record yet. */
async function printed(token: string, path: string): Promise<string | undefined> {
  const response = await fetch(`${baseUrl}/api/v1/reports/${path}`, { headers: { Authorization: `Bearer ${token}` } });
  if (response.status === 404) return undefined;
  expect(response.status).toBe(200);
  const bytes = new Uint8Array(await response.arrayBuffer());
  await expectSound(bytes);
  return (await pagesOf(bytes)).join(" ");
}

const untilOnRecord = { timeout: 20_000, interval: 300 };

const dayOf = (moment: string) => shortDayOfMoment(new Date(moment), "UTC");

describe("what is printed is what the reports say, figure by figure", () => {
  it("of a session that was just practised, its question", async () => {
    const student = await newStudent(NAMES[0]);
    const { id, current_question: question } = await practise(student, 1, 1);
    const text = () => printed(student.token, `practice-sessions/${id}.pdf?paper=a4`);
    await expect.poll(text, untilOnRecord).toContain(flat((question as { prompt?: string }).prompt ?? "no prompt"));
  });

  type Work = {
    full_name: string;
    status: "NOT_STARTED" | "IN_PROGRESS" | "COMPLETED";
    best_smartscore: number;
    last_smartscore: number;
    questions_answered: number;
    time_spent_seconds: number;
    last_activity_at: string | null;
  };

  it("of an assignment, each student's row", async () => {
    const { access_token: token } = await signIn(baseUrl, "teacher");
    const { id: classId } = await ask<{ id: string }>(token, "POST", "/classrooms", { title: "Printed", grade_id: 7 });
    const answers = [14, 5, 0];
    const students = await Promise.all(answers.map((_, index) => newStudent(NAMES[index + 3] ?? "")));
    for (const { id } of students) await ask(token, "POST", `/classrooms/${classId}/enroll`, { student_id: id });
    const body = { classroom_id: classId, skill_id: 1, target_smartscore: 70 };
    const { id } = await ask<{ id: string }>(token, "POST", "/assignments", body);
    await practise(await newStudent("Learns the keys"), 1, 15);
    await Promise.all(students.map((student, index) => practise(student, 1, answers[index] ?? 0)));
    const grid = () =>
      ask<{ rows: Work[] }>(token, "GET", `/teacher/classrooms/${classId}/assignments/${id}/score-grid`);
    const answered = async () => (await grid()).rows.map((row) => row.questions_answered).toSorted((a, b) => b - a);
    await expect.poll(answered, untilOnRecord).toEqual(answers);

    const text = await printed(token, `assignments/${id}.pdf`);
    const { rows } = await grid();
    expect(new Set(rows.flatMap((row) => [row.best_smartscore, row.last_smartscore])).size).toBeGreaterThan(2);
    for (const row of rows) expect(text).toContain(rowOf(row));
  });

  function rowOf(row: Work): string {
    if (row.last_activity_at === null) return `${row.full_name} ○ Not started – – – – –`;
    return [
      row.full_name,
      row.status === "COMPLETED" ? "✓ Completed" : "● In progress",
      row.best_smartscore,
      row.last_smartscore,
      row.questions_answered,
      minutesText(row.time_spent_seconds),
      dayOf(row.last_activity_at),
    ].join(" ");
  }

  type Skill = {
    skill_name: string;
    grade_number: number;
    topic_title: string | null;
    smartscore: number;
    questions: number;
    accuracy_percent: number;
    active_time_seconds: number;
    last_practiced_at: string;
  };
  type Summary = {
    totals: Record<"questions" | "correct" | "accuracy_percent" | "active_time_seconds" | "skills", number>;
    trouble_spots: (Skill & { wrong: number })[];
  };

  it("of a student's summary, the totals, the trouble spots and each skill's row", async () => {
    const student = await newStudent(NAMES[1]);
    const { token, id } = student;
    for (const [index, answers] of [7, 4, 2].entries()) await practise(student, index + 1, answers);
    const questions = async () => (await ask<Summary>(token, "GET", "/analytics/summary")).totals.questions;
    await expect.poll(questions, untilOnRecord).toBe(13);

    const text = await printed(token, `students/${id}.pdf`);
    const { totals, trouble_spots: spots } = await ask<Summary>(token, "GET", "/analytics/summary");
    const { skills } = await ask<{ skills: Skill[] }>(token, "GET", "/analytics/score-chart");
    expect(text).toContain(
      `Questions ${totals.questions} ${totals.correct} right Right answers ${totals.accuracy_percent} % ` +
        `Active time ${minutesText(totals.active_time_seconds)} Days practised 1 Skills ${totals.skills} 0 mastered`,
    );
    const name = ({ skill_name, grade_number, topic_title }: Skill) =>
      [`${skill_name} Grade ${grade_number}`, topic_title].filter(Boolean).join(" · ");
    expect([spots.length > 0, skills.length]).toEqual([true, 3]);
    const spotRow = (spot: Summary["trouble_spots"][number]) =>
      [name(spot), spot.smartscore, spot.wrong, spot.questions, `${spot.accuracy_percent} %`].join(" ");
    for (const spot of spots) expect(text).toContain(spotRow(spot));
    const skillRow = (skill: Skill) =>
      [
        name(skill),
        skill.smartscore,
        skill.questions,
        `${skill.accuracy_percent} %`,
        minutesText(skill.active_time_seconds),
        dayOf(skill.last_practiced_at),
      ].join(" ");
    for (const skill of skills) expect(text).toContain(skillRow(skill));
  });
});
