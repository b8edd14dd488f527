import { describe, expect, it } from "vitest";
import { addCoTeacher, by, classOf, linkParent, newPerson as newPersonOf, type Person } from "../classrooms/school.ts";
import { register, sql } from "../worker/client.ts";
import { expectError, newPerson, refresh } from "../worker/people.ts";
import { begin, finish } from "../worker/practice.ts";
import { ask, dataOf, expectRefers, madeSkill } from "./admin.ts";

describe("deleting an account", () => {
  it("takes its sign-ins along", async () => {
    const { user, refresh_token } = await newPerson();
    expect(dataOf(await ask("DELETE", `/users/${user.id}`))).toEqual({ ok: true });
    expectError(await refresh(refresh_token), 401, "unauthorized");
    expectError(await ask("GET", `/users/${user.id}`), 404, "not_found");
  });

  it("is refused where practice or a class refers to it, and tells of how much by table", async () => {
    const skill = await madeSkill(1);
    const student = await register();
    const session = await begin(student, skill.id);
    await finish(student, session.id);
    const recorded = () => sql("select 1 from practice_sessions where student_id = $1", [student.id]);
    await expect.poll(recorded, { timeout: 10_000 }).toHaveLength(1);
    const refused = expectError(await ask("DELETE", `/users/${student.id}`), 409, "conflict");
    expect(refused.details).toMatchObject({ refers: { practice_sessions: 1 } });
    expect(refused.details).not.toHaveProperty("refers.refresh_families");

    const { id } = await newPersonOf("TEACHER");
    await sql("insert into classrooms (id, teacher_id, title, grade_id) values (gen_random_uuid(), $1, 'A class', 7)", [
      id,
    ]);
    expectRefers(await ask("DELETE", `/users/${id}`), { classrooms: 1 });
  });

  it("is refused where it teaches with others, attends, has work, parents or a certificate", async () => {
    const { teacher: owner, pupils, classroom } = await classOf(1);
    const [pupil] = pupils as [Person];
    const [coTeacher, parent] = await Promise.all([newPersonOf("TEACHER"), newPersonOf("PARENT")]);
    await addCoTeacher(owner, classroom.id, coTeacher);
    expectRefers(await ask("DELETE", `/users/${coTeacher.id}`), { classroom_teachers: 1 });
    await linkParent(owner, classroom.id, pupil, parent);
    const path = `/classrooms/${classroom.id}`;
    dataOf(await by(owner, "POST", `${path}/groups`, { title: "Group", student_ids: [pupil.id] }));
    dataOf(await by(owner, "POST", "/assignments", { classroom_id: classroom.id, skill_id: 1 }));
    dataOf(await by(owner, "POST", "/awards/certificates", { student_id: pupil.id, skill_id: 1, type: "MASTERY" }));
    expectRefers(await ask("DELETE", `/users/${pupil.id}`), {
      enrolments: 1,
      group_members: 1,
      assigned_work: 1,
      guardians: 1,
      certificates: 1,
    });
  });

  it("takes invitations, a parent's links, and the mark of an empty record along", async () => {
    const { teacher: owner, pupils, classroom } = await classOf(2);
    const [pupil, other] = pupils as [Person, Person];
    const parent = await newPersonOf("PARENT");
    await linkParent(owner, classroom.id, pupil, parent);
    expect(dataOf(await ask("DELETE", `/users/${parent.id}`))).toEqual({ ok: true });
    dataOf(await by(owner, "POST", `/classrooms/${classroom.id}/students/${other.id}/parent-code`));
    dataOf(await by(owner, "DELETE", `/classrooms/${classroom.id}/students/${other.id}`));
    expect(await sql("select 1 from practice_marks where student_id = $1", [other.id])).toHaveLength(1);
    expect(dataOf(await ask("DELETE", `/users/${other.id}`))).toEqual({ ok: true });
    for (const { id } of [parent, other]) {
      expect(await sql("select 1 from parent_codes where used_by = $1 or student_id = $1", [id])).toEqual([]);
    }
  });
});
