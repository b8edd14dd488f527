import { describe, expect, it } from "vitest";
import { api, type Json, sql } from "../worker/client.ts";
import { expectError, expectFaults } from "../worker/people.ts";
import { admin, ask, dataOf, fresh, made, madeSkill, SKILL } from "./admin.ts";

const change = (id: number, body: unknown) => ask("PATCH", `/skills/${id}`, body);

describe("prerequisites", () => {
  const chain = async () => {
    const skills: Json[] = [await madeSkill(), await madeSkill(), await madeSkill()];
    const [first, second, third] = skills;
    dataOf(await change(second.id, { prerequisites: [first.id] }));
    dataOf(await change(third.id, { prerequisites: [second.id] }));
    return { first, second, third };
  };

  it("never go round in a circle, and a refusal names the circle", async () => {
    const { first, second, third } = await chain();
    const name = (skill: Json) => `${skill.code} ${skill.title}`;
    const refused = expectError(await change(first.id, { prerequisites: [2, third.id] }), 422, "validation_error");
    const circle = [first, third, second, first].map(name).join(" → ");
    expect(refused.details).toEqual([{ path: "prerequisites", message: `would go round in a circle: ${circle}` }]);
    expect(dataOf(await ask("GET", `/skills/${first.id}`)).prerequisites).toEqual([]);
    expectFaults(await change(first.id, { prerequisites: [first.id] }), "prerequisites");
    dataOf(await change(third.id, { prerequisites: [first.id, second.id] }));
  });

  it("never go round in a circle where the two halves come at once", async () => {
    const [one, other] = [await madeSkill(), await madeSkill()];
    const answers = await Promise.all([
      change(one.id, { prerequisites: [other.id] }),
      change(other.id, { prerequisites: [one.id] }),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422]);
  });

  it("that are there already are not made again, and what else is not named goes", async () => {
    const skill = await made("/skills", {
      ...SKILL,
      code: fresh("T").slice(-20),
      title: "A skill",
      prerequisites: [1, 2],
    });
    const { token } = await admin();
    const changed = await api("PATCH", `/admin/skills/${skill.id}`, { token, body: { prerequisites: [2, 3] } });
    expect(dataOf(changed).prerequisites).toEqual([2, 3]);
    const requestId = changed.headers.get("X-Request-Id");
    const told = await sql("select action, before, after from audit_log where request_id = $1 order by seq", [
      requestId,
    ]);
    expect(told).toEqual([
      { action: "delete", before: { skill_id: skill.id, prerequisite_id: 1 }, after: null },
      { action: "create", before: null, after: { skill_id: skill.id, prerequisite_id: 3 } },
    ]);
  });
});
