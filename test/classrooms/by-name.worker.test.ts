import { beforeAll, describe, expect, it } from "vitest";
import { recordHistory } from "../reports/student/history.ts";
import type { Json } from "../worker/client.ts";
import { by, dataOf, enrol, newClass, newStudent, newTeacher, type Person } from "./school.ts";

/** As a register has them: accents, strokes and capital letters do not matter. */
const NAMES = [
  ...["Ada", "Ære", "Álvaro", "ana", "Daniel", "Đorđe", "Dženan", "Émile", "Eva", "Irma", "ışıl", "Ivan"],
  ...["Łukasz", "Maria", "Ørsted", "Özil", "Pia", "Straßer", "Strasz", "Zeñón", "zoe", "Евгений", "Ёлкина", "Ирина"],
];

let teacher: Person;
let classroomId: string;

beforeAll(async () => {
  teacher = await newTeacher();
  classroomId = (await newClass(teacher)).id;
  dataOf(await by(teacher, "POST", "/assignments", { classroom_id: classroomId, skill_id: 1 }));
  for (const name of NAMES.toReversed()) {
    const student = await newStudent(name);
    await enrol(teacher, classroomId, student);
    const deeds = [{ did: "answer" as const, afterSec: 5, right: true }];
    await recordHistory(student.id, [{ skillId: 1, startedAt: "2026-02-03T10:00:00.000Z", deeds }]);
  }
});

const read = async (path: string) => dataOf(await by(teacher, "GET", path));

const namesIn = (rows: readonly Json[]) => rows.map(({ full_name }) => full_name);

describe("the students of a class come by name, whatever letters it begins with", () => {
  it("in its list, its live view, its figures and the grid of an assignment", async () => {
    expect(namesIn(await read(`/classrooms/${classroomId}/students`))).toEqual(NAMES);
    expect(namesIn((await read(`/teacher/classrooms/${classroomId}/live`)).students)).toEqual(NAMES);
    expect(namesIn((await read(`/teacher/analytics/classroom/${classroomId}`)).students)).toEqual(NAMES);
    const [{ id }] = await read(`/assignments?classroom_id=${classroomId}`);
    const grid = await read(`/teacher/classrooms/${classroomId}/assignments/${id}/score-grid`);
    expect(namesIn(grid.rows)).toEqual(NAMES);
  });

  it("in its reports", async () => {
    const report = `/teacher/classrooms/${classroomId}`;
    expect(namesIn((await read(`${report}/score-grid`)).students)).toEqual(NAMES);
    expect(namesIn((await read(`${report}/quick-view`)).attention)).toEqual(NAMES);
    expect(namesIn((await read(`${report}/progress`)).rows)).toEqual(NAMES);
  });

  it("on the pages of a report", async () => {
    const names: string[] = [];
    let cursor = "";
    do {
      const query = `limit=2${cursor && `&cursor=${cursor}`}`;
      const page = (await by(teacher, "GET", `/teacher/classrooms/${classroomId}/progress?${query}`)).json();
      names.push(...namesIn(page.data.rows));
      cursor = page.meta.next_cursor ?? "";
    } while (cursor);
    expect(names).toEqual(NAMES);
  });
});

it("groups come by title in the same way", async () => {
  const path = `/classrooms/${classroomId}/groups`;
  for (const title of ["Zebras", "Émeus", "apes", "foxes"]) dataOf(await by(teacher, "POST", path, { title }));
  expect((await read(path)).map(({ title }: Json) => title)).toEqual(["apes", "Émeus", "foxes", "Zebras"]);
});
