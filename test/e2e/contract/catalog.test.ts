import { expect, test } from "vitest";
import { newStudent, signedIn } from "./practice.ts";
import {
  faultsShape,
  gradeShape,
  listedSkillShape,
  pageOf,
  skillShape,
  skillStatsShape,
  subjectShape,
  topicShape,
  wholeListOf,
} from "./shapes.ts";
import { newClient } from "./transcript.ts";

test("anyone reads the subjects, grades and topics, whole", async () => {
  const anyone = newClient();
  const subjects = await anyone.get("/subjects").hearsBody(wholeListOf(subjectShape));
  expect(subjects.data.map(({ id, title }) => [id, title])).toEqual([
    [1, "Math"],
    [2, "Language Arts"],
    [3, "Science"],
    [4, "Social Studies"],
    [5, "Spanish"],
  ]);
  const grades = await anyone.get("/grades").hearsBody(wholeListOf(gradeShape));
  expect(grades.data.map(({ id, number }) => [id, number])).toEqual(
    Array.from({ length: 14 }, (_, index) => [index + 1, index - 1]),
  );
  const topics = await anyone.get("/topics").hearsBody(wholeListOf(topicShape));
  expect(topics.data.length).toBeGreaterThan(0);
});

test("skills come in pages of 20, or of up to 500", async () => {
  const anyone = newClient();
  const first = await anyone.get("/skills").hearsBody(pageOf(listedSkillShape));
  expect(first.meta).toMatchObject({ page: 1, page_size: 20 });
  const small = await anyone.get("/skills?page=2&page_size=1").hearsBody(pageOf(listedSkillShape));
  expect(small).toMatchObject({ data: [{ id: 2 }], meta: { page: 2, page_size: 1, total: first.meta.total } });
  for (const query of ["page=0", "page_size=0", "page_size=501", "page=one", "topic_id=x", "grade_number=100"]) {
    const { error } = await anyone.get(`/skills?${query}`).isRefused(422, "validation_error");
    expect(faultsShape.parse(error.details)).toMatchObject([{ path: query.split("=")[0] }]);
  }
});

test("skills are found by subject, grade, topic and text", async () => {
  const anyone = newClient();
  const find = (query: string) => anyone.get(`/skills?${query}`).hearsBody(pageOf(listedSkillShape));
  const { data } = await find("subject_slug=math&grade_number=5&q=whole%20numbers");
  expect(data.slice(0, 2)).toMatchObject([
    { id: 1, code: "A.1", title: "Multiply whole numbers", subject_id: 1, grade_id: 7 },
    { id: 2, code: "A.2", title: "Divide whole numbers", subject_id: 1, grade_id: 7 },
  ]);
  const topicId = data[0]?.topic_id;
  expect((await find(`topic_id=${topicId}`)).data.every(({ topic_id }) => topic_id === topicId)).toBe(true);
  expect((await find("subject_slug=spanish&q=whole")).meta.total).toBe(0);
});

test("one skill in full; 404 where there is none and 400 where the id is no id", async () => {
  const anyone = newClient();
  expect(await anyone.get("/skills/1").hears(skillShape)).toMatchObject({ id: 1, code: "A.1" });
  await anyone.get("/skills/2147483647").isRefused(404, "not_found");
  for (const id of ["one", "0", "-1", "1.5", "99999999999"]) {
    await anyone.get(`/skills/${id}`).isRefused(400, "validation_error");
  }
});

test("the caller's own figures of a skill, for whoever is signed in", async () => {
  await newClient().get("/skills/1/stats").isRefused(401, "unauthorized");
  const student = await newStudent();
  expect(await student.get("/skills/1/stats").hears(skillStatsShape)).toEqual({
    best_smartscore: 0,
    last_smartscore: 0,
    last_practiced_at: null,
    total_questions: 0,
    accuracy_percent: 0,
  });
});

test("who has a list already, by its ETag, gets 304 and no body", async () => {
  const anyone = newClient();
  const list = await anyone.get("/subjects").reply();
  const etag = list.headers.get("ETag") ?? "";
  expect(etag).toMatch(/^"[^"]+"$/);
  const again = await anyone.get("/subjects", { headers: { "If-None-Match": etag } }).reply();
  expect(again).toMatchObject({ status: 304, text: "" });
});

test("an ADMIN changes a skill's place and names, and nobody else does", async () => {
  const admin = await signedIn("admin@example.com");
  const { grade_id, topic_id, code, title } = await admin.get("/skills/16").hears(skillShape);
  const changes = { grade_id, topic_id, code, title };
  expect(await admin.patch("/skills/16", changes).hears(skillShape)).toMatchObject({ id: 16, ...changes });
  expect(await admin.patch("/skills/16", { code }).hears(skillShape)).toMatchObject({ id: 16, ...changes });
  await admin.patch("/skills/16", { grade_id: "seven" }).isRefused(422, "validation_error");
  await admin.patch("/skills/2147483647", { title }).isRefused(404, "not_found");
  await admin.patch("/skills/one", { title }).isRefused(400, "validation_error");
  await newClient().patch("/skills/16", changes).isRefused(401, "unauthorized");
  await (await newStudent()).patch("/skills/16", changes).isRefused(403, "forbidden");
  await (await signedIn("teacher@example.com")).patch("/skills/16", changes).isRefused(403, "forbidden");
});

test("skills are found by a standard, and as what comes before another", async () => {
  const anyone = newClient();
  const find = (query: string) => anyone.get(`/skills?${query}`).hearsBody(pageOf(listedSkillShape));
  expect((await find("standard=CCSS.MATH.CONTENT.NONE")).meta.total).toBe(0);
  const { prerequisites } = await anyone.get("/skills/2").hears(skillShape);
  expect((await find("prerequisite_of=2")).data.map(({ id }) => id)).toEqual(prerequisites);
});
