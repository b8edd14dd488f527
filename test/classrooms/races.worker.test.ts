import { describe, expect, it, onTestFinished } from "vitest";
import type { Role } from "../../src/http/roles.ts";
import { type Answer, sql } from "../worker/client.ts";
import { expectError, expectFaults } from "../worker/people.ts";
import { answerCurrent, begin } from "../worker/practice.ts";
import { by, classOf, dataOf, enrol, enrolledIn, newPerson, newStudent, newTeacher, type Person } from "./school.ts";

const statuses = (answers: readonly Answer[]) => answers.map(({ status, text }) => (status === 200 ? 200 : text));

const assign = async (teacher: Person, classroomId: string) =>
  dataOf(await by(teacher, "POST", "/assignments", { classroom_id: classroomId, skill_id: 1, target_smartscore: 70 }));

const workOf = ({ id }: Person) =>
  sql<{ assignment_id: string; questions: number }>(
    "select assignment_id, questions from assigned_work where student_id = $1",
    [id],
  );

describe("at once", () => {
  it("enrolling and joining put a student into a class once, with each assignment once", async () => {
    const { teacher, classroom } = await classOf(0);
    const { id: assignmentId } = await assign(teacher, classroom.id);
    const student = await newStudent();
    const answers = await Promise.all([
      ...[1, 2, 3].map(() => by(teacher, "POST", `/classrooms/${classroom.id}/enroll`, { student_id: student.id })),
      ...[1, 2, 3].map(() => by(student, "POST", "/classrooms/join", { join_code: classroom.join_code })),
    ]);
    expect(statuses(answers)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(await enrolledIn(classroom.id)).toEqual([student.id]);
    expect(await workOf(student)).toEqual([{ assignment_id: assignmentId, questions: 0 }]);
  });

  it("a whole class joins, while assignments are given: everybody has each of them", async () => {
    const { teacher, classroom } = await classOf(0);
    const students = await Promise.all(Array.from({ length: 12 }, () => newStudent()));
    const joining = students.map((student) =>
      by(student, "POST", "/classrooms/join", { join_code: classroom.join_code }),
    );
    const given = await Promise.all([assign(teacher, classroom.id), assign(teacher, classroom.id)]);
    expect(statuses(await Promise.all(joining))).toEqual(students.map(() => 200));
    const wanted = given.map(({ id }) => id).toSorted();
    for (const student of students) {
      const work = await workOf(student);
      expect(work.map(({ assignment_id }) => assignment_id).toSorted()).toEqual(wanted);
    }
  });

  it("removing, enrolling and grouping leave no member of a group outside the class, and fail on nothing", async () => {
    const { teacher, pupils, classroom } = await classOf(4);
    const path = `/classrooms/${classroom.id}`;
    const ids = pupils.map(({ id }) => id);
    const { id: groupId } = dataOf(await by(teacher, "POST", `${path}/groups`, { title: "Group", student_ids: ids }));
    for (let round = 0; round < 3; round += 1) {
      const answers = await Promise.all(
        pupils.flatMap(({ id }) => [
          by(teacher, "DELETE", `${path}/students/${id}`),
          by(teacher, "PATCH", `${path}/groups/${groupId}`, { student_ids: ids }),
          by(teacher, "POST", `${path}/enroll`, { student_id: id }),
        ]),
      );
      for (const { status, text } of answers) expect([200, 404, 422], text).toContain(status);
      const outside = await sql(
        `select 1 from group_members join classroom_groups on classroom_groups.id = group_id
         where classroom_id = $1 and student_id not in (select student_id from enrolments where classroom_id = $1)`,
        [classroom.id],
      );
      expect(outside).toEqual([]);
    }
  });

  it("a role that changes while its holder is taken in leaves nobody in a class, a group or its teachers who is none of those", async () => {
    const [admin, { teacher, classroom }] = await Promise.all([newPerson("ADMIN"), classOf(0)]);
    const path = `/classrooms/${classroom.id}`;
    const becomes = (role: Role, { id }: Person) => by(admin, "PATCH", `/admin/users/${id}`, { role });
    for (let round = 0; round < 6; round += 1) {
      const [student, member, colleague] = await Promise.all([newStudent(), newStudent(), newTeacher()]);
      await enrol(teacher, classroom.id, member);
      const answers = await Promise.all([
        by(teacher, "POST", `${path}/enroll`, { student_id: student.id }),
        becomes("TEACHER", student),
        by(teacher, "POST", `${path}/groups`, { title: "Group", student_ids: [member.id] }),
        becomes("PARENT", member),
        by(teacher, "POST", `${path}/teachers`, { email: colleague.email }),
        becomes("PARENT", colleague),
      ]);
      for (const { status, text } of answers) expect([200, 404, 422], text).toContain(status);
    }
    const misplaced = await sql(
      `select 'student' from enrolments join users on id = student_id where classroom_id = $1 and role <> 'STUDENT'
       union all
       select 'member' from group_members join classroom_groups as groups on groups.id = group_id
         join users on users.id = student_id where classroom_id = $1 and role <> 'STUDENT'
       union all
       select 'teacher' from classroom_teachers join users on id = teacher_id where classroom_id = $1 and role <> 'TEACHER'`,
      [classroom.id],
    );
    expect(misplaced).toEqual([]);
  });

  it("a student enrolled in many classes by many teachers is in each of them", async () => {
    const student = await newStudent();
    const classes = await Promise.all(Array.from({ length: 6 }, () => classOf(0)));
    const answers = await Promise.all(
      classes.map(({ teacher, classroom }) =>
        by(teacher, "POST", `/classrooms/${classroom.id}/enroll`, { email: student.email }),
      ),
    );
    expect(statuses(answers)).toEqual(classes.map(() => 200));
    expect(dataOf(await by(student, "GET", "/me/classrooms"))).toHaveLength(6);
  });
});

describe("what an ADMIN deletes in the moment in which somebody refers to it", () => {
  /** Until the test ends, whoever inserts a row into `table` that refers to it finds it gone before the statement ends. */
  async function goneMeanwhile(
    target: "grades" | "skills" | "users",
    id: number | string,
    table: string,
    column: string,
  ) {
    const name = `gone_meanwhile_${table}`;
    await sql(
      `create function ${name}() returns trigger language plpgsql as $$ begin
         if new.${column}::text = '${id}' then delete from ${target} where id = new.${column}; end if;
         return new;
       end $$`,
    );
    await sql(`create trigger ${name} before insert on ${table} for each row execute function ${name}()`);
    onTestFinished(async () => {
      await sql(`drop function ${name} cascade`);
    });
  }

  it("a grade is a fault of its field", async () => {
    const teacher = await newTeacher();
    const [grade] = await sql<{ id: number }>("insert into grades (number, title) values (99, 'Gone') returning id");
    onTestFinished(async () => {
      await sql("delete from grades where number = 99");
    });
    await goneMeanwhile("grades", grade?.id ?? 0, "classrooms", "grade_id");
    expectFaults(await by(teacher, "POST", "/classrooms", { title: "Room 9", grade_id: grade?.id }), "grade_id");
  });

  it("a skill is not found", async () => {
    const { teacher, classroom } = await classOf(1);
    const [skill] = await sql<{ id: number }>(
      `insert into skills (subject_id, grade_id, code, title, description, tags, difficulty, is_published)
       select subject_id, grade_id, 'GONE', 'Gone', '', tags, 1, true from skills where id = 1 returning id`,
    );
    onTestFinished(async () => {
      await sql("delete from skills where code = 'GONE'");
    });
    await goneMeanwhile("skills", skill?.id ?? 0, "assignments", "skill_id");
    const body = { classroom_id: classroom.id, skill_id: skill?.id };
    expectError(await by(teacher, "POST", "/assignments", body), 404, "not_found");
  });

  it("a student is not found", async () => {
    const { teacher, pupils, classroom } = await classOf(1);
    const [student] = pupils as [Person];
    await goneMeanwhile("users", student.id, "assigned_work", "student_id");
    const body = { classroom_id: classroom.id, skill_id: 1, student_ids: [student.id] };
    expectError(await by(teacher, "POST", "/assignments", body), 404, "not_found");
    expect(dataOf(await by(teacher, "GET", `/assignments?classroom_id=${classroom.id}`))).toEqual([]);
  });
});

describe("a student removed in the middle of a session", () => {
  it("goes on practising; the teacher sees nothing of it, and all of it once they are back", async () => {
    const { teacher, pupils, classroom } = await classOf(1);
    const [student] = pupils as [Person];
    const { id: assignmentId } = await assign(teacher, classroom.id);
    let session = await begin(student);
    session = (await answerCurrent(student, session)).session;
    dataOf(await by(teacher, "DELETE", `/classrooms/${classroom.id}/students/${student.id}`));
    session = (await answerCurrent(student, session)).session;
    await answerCurrent(student, session);
    const recorded = () => sql("select 1 from attempts where student_id = $1", [student.id]);
    await expect.poll(recorded, { timeout: 10_000 }).toHaveLength(3);
    expect((await by(teacher, "GET", `/analytics/overview?student_id=${student.id}`)).status).toBe(403);
    const grid = `/teacher/classrooms/${classroom.id}/assignments/${assignmentId}/score-grid`;
    expect(dataOf(await by(teacher, "GET", grid)).rows).toEqual([]);
    expect(dataOf(await by(student, "GET", "/me/assignments"))).toEqual([]);
    await enrol(teacher, classroom.id, student);
    expect(dataOf(await by(teacher, "GET", grid)).rows).toMatchObject([
      { student_id: student.id, questions_answered: 3, status: "IN_PROGRESS" },
    ]);
  });

  it("and put back, again and again while they answer, loses nothing and counts nothing twice", async () => {
    const { teacher, pupils, classroom } = await classOf(1);
    const [student] = pupils as [Person];
    const { id: assignmentId } = await assign(teacher, classroom.id);
    let session = await begin(student);
    for (let n = 0; n < 4; n += 1) {
      const path = `/classrooms/${classroom.id}`;
      const [reply, removed, enrolled] = await Promise.all([
        answerCurrent(student, session),
        by(teacher, "DELETE", `${path}/students/${student.id}`),
        by(teacher, "POST", `${path}/enroll`, { student_id: student.id }),
      ]);
      expect([200, 404], removed.text).toContain(removed.status);
      expect(enrolled.status, enrolled.text).toBe(200);
      session = reply.session;
    }
    await enrol(teacher, classroom.id, student);
    const counted = async () => {
      const work = await workOf(student);
      return work.find(({ assignment_id }) => assignment_id === assignmentId)?.questions;
    };
    await expect.poll(counted, { timeout: 10_000 }).toBe(4);
  });
});
