import { describe, expect, it } from "vitest";
import { type Answer, type Json, sql } from "../worker/client.ts";
import { answerCurrent, begin } from "../worker/practice.ts";
import { newName, someRows } from "./roster/rosters.ts";
import { by, classOf, dataOf, enrolledIn, type Person } from "./school.ts";

const ANSWERS = 6;

/** Answers questions of skill 1, some right and some wrong; each must be taken. */
async function practise(student: Person, session: Json): Promise<void> {
  let current = session;
  for (let n = 0; n < ANSWERS; n += 1) current = (await answerCurrent(student, current, n % 3 !== 2)).session;
}

const give = (teacher: Person, classroomId: string, body: object = {}): Promise<Answer> =>
  by(teacher, "POST", "/assignments", { classroom_id: classroomId, skill_id: 1, target_smartscore: 70, ...body });

const onRecord = async (students: readonly Person[]) => {
  const ids = JSON.stringify(students.map(({ id }) => id));
  const query = "select 1 from attempts where student_id::text in (select jsonb_array_elements_text($1::jsonb))";
  return (await sql(query, [ids])).length;
};

/** A student's work as the record has it, beside what their attempts since the assignment come to. */
const workAndRecount = (student: Person) =>
  sql<{ work: Json; recount: Json }>(
    `select jsonb_build_array(work.questions, work.best_smartscore, work.last_smartscore, work.completed_at) as work,
       (select jsonb_build_array(count(*), coalesce(max(smartscore_after), 0),
           coalesce((array_agg(smartscore_after order by answered_at desc, attempts.id desc))[1], 0),
           min(answered_at) filter (where smartscore_after >= target_smartscore))
         from attempts
         where student_id = work.student_id and skill_id = work.skill_id and answered_at >= assigned_at) as recount
     from assigned_work as work join assignments on assignments.id = assignment_id where student_id = $1`,
    [student.id],
  );

describe("while students answer", () => {
  it("assignments are made, changed and deleted: each counts just what was answered since, and no answer is lost", async () => {
    const { teacher, pupils, classroom } = await classOf(4);
    const sessions = await Promise.all(pupils.map((pupil) => begin(pupil)));
    const answering = Promise.all(pupils.map((pupil, index) => practise(pupil, sessions[index])));
    const kept: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const [one, another] = await Promise.all([give(teacher, classroom.id), give(teacher, classroom.id)]);
      const path = `/assignments/${dataOf(one).id}`;
      dataOf(await by(teacher, "PATCH", path, { target_smartscore: 80 }));
      dataOf(await by(teacher, "DELETE", path));
      kept.push(dataOf(another).id);
    }
    await answering;
    await expect.poll(() => onRecord(pupils), { timeout: 15_000 }).toBe(pupils.length * ANSWERS);
    for (const pupil of pupils) {
      const rows = await workAndRecount(pupil);
      expect(rows).toHaveLength(kept.length);
      for (const { work, recount } of rows) expect(work).toEqual(recount);
    }
  });

  it("groups get and lose their members, and an assignment goes to whoever is in it, once", async () => {
    const { teacher, pupils, classroom } = await classOf(4);
    const path = `/classrooms/${classroom.id}/groups`;
    const ids = pupils.map(({ id }) => id);
    const { id: groupId } = dataOf(await by(teacher, "POST", path, { title: "Group", student_ids: [] }));
    const sessions = await Promise.all(pupils.map((pupil) => begin(pupil)));
    const answering = Promise.all(pupils.map((pupil, index) => practise(pupil, sessions[index])));
    dataOf(await give(teacher, classroom.id, { group_id: groupId }));
    for (const members of [ids.slice(0, 2), ids, ids.slice(2)]) {
      dataOf(await by(teacher, "PATCH", `${path}/${groupId}`, { student_ids: members }));
    }
    await answering;
    await expect.poll(() => onRecord(pupils), { timeout: 15_000 }).toBe(pupils.length * ANSWERS);
    for (const pupil of pupils) {
      const rows = await workAndRecount(pupil);
      expect(rows).toHaveLength(1);
      for (const { work, recount } of rows) expect(work).toEqual(recount);
    }
  });
});

describe("while a class fills", () => {
  it("from rosters, by code and by its teacher, assignments are given: everybody is in it once and has each once", async () => {
    const { teacher, classroom } = await classOf(0);
    const { pupils: others } = await classOf(4);
    const path = `/classrooms/${classroom.id}`;
    const [students, more] = [someRows(10), [{ full_name: `Ana ${newName()}`, grade_level: 5 }]];
    const roster = (rows: object[]) => by(teacher, "POST", `${path}/roster`, { students: rows });
    // The test's runtime loads a module for one request at a time: this one has what rosters need loaded.
    dataOf(await roster([{ full_name: `Ben ${newName()}`, grade_level: 5 }]));
    const answers = await Promise.all([
      roster(students),
      give(teacher, classroom.id),
      ...others.map((student) => by(student, "POST", "/classrooms/join", { join_code: classroom.join_code })),
      roster(students),
      give(teacher, classroom.id, { skill_ids: [1, 2], skill_id: undefined }),
      ...others.map(({ id }) => by(teacher, "POST", `${path}/enroll`, { student_id: id })),
      roster(more),
    ]);
    expect(answers.map(({ status, text }) => (status === 200 ? status : text))).toEqual(answers.map(() => 200));
    const inClass = await enrolledIn(classroom.id);
    expect(inClass).toHaveLength(16);
    const work = await sql<{ student_id: string; given: number }>(
      `select student_id, count(*)::int as given from assigned_work join assignments on assignments.id = assignment_id
       where classroom_id = $1 group by student_id`,
      [classroom.id],
    );
    expect(work.map(({ student_id }) => student_id).toSorted()).toEqual(inClass.toSorted());
    for (const { given } of work) expect(given).toBe(3);
  });
});
