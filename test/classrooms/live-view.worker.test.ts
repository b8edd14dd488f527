import { expect, it } from "vitest";
import { ask } from "../admin/admin.ts";
import { watch } from "../live/live.ts";
import { addCoTeacher, archive, by, classOf, dataOf, enrol, newStudent, newTeacher, type Person } from "./school.ts";

it("who watches a class sees students come and go at once, and is cut off from one that is theirs no more", async () => {
  const { teacher, pupils, classroom } = await classOf(2);
  const [one, two] = pupils as [Person, Person];
  const [coTeacher, late, enrolled] = await Promise.all([newTeacher(), newStudent(), newStudent()]);
  await addCoTeacher(teacher, classroom.id, coTeacher);
  const path = `/classrooms/${classroom.id}`;
  const [owner, other] = [await watch(classroom.id, teacher), await watch(classroom.id, coTeacher)];
  const expectClass = async (...students: readonly Person[]) => {
    const ids = students.map(({ id }) => id).toSorted();
    for (const client of [owner, other]) {
      await client.until(() => [...client.picture.keys()].toSorted().join() === ids.join());
    }
  };
  await expectClass(one, two);
  dataOf(await by(late, "POST", "/classrooms/join", { join_code: classroom.join_code }));
  await expectClass(one, two, late);
  await enrol(teacher, classroom.id, enrolled);
  await expectClass(one, two, late, enrolled);
  dataOf(await by(one, "POST", `${path}/leave`));
  dataOf(await by(teacher, "DELETE", `${path}/students/${two.id}`));
  await expectClass(late, enrolled);

  dataOf(await by(teacher, "DELETE", `${path}/teachers/${coTeacher.id}`));
  await other.until(() => other.closes.length > 0);
  expect([owner.closes, other.closes]).toEqual([[], [4403]]);
  await archive(teacher, classroom.id);
  await owner.until(() => owner.closes.length > 0);
  expect(owner.closes).toEqual([4403]);
});

it("who watches a class sees a student go whose role is another now, and is cut off once they are no active teacher", async () => {
  const { teacher, pupils, classroom } = await classOf(2);
  const [one, two] = pupils as [Person, Person];
  const coTeacher = await newTeacher();
  await addCoTeacher(teacher, classroom.id, coTeacher);
  const [owner, other] = [await watch(classroom.id, teacher), await watch(classroom.id, coTeacher)];
  const change = async ({ id }: Person, body: object) => dataOf(await ask("PATCH", `/users/${id}`, body));
  await change(one, { role: "PARENT" });
  for (const client of [owner, other]) await client.until(() => [...client.picture.keys()].join() === two.id);
  await change(coTeacher, { is_active: false });
  await other.until(() => other.closes.length > 0);
  expect([owner.closes, other.closes]).toEqual([[], [4403]]);
  await change(teacher, { role: "PARENT" });
  await owner.until(() => owner.closes.length > 0);
  expect(owner.closes).toEqual([4403]);
});
