import { describe, expect, it } from "vitest";
import { recordHistory } from "../reports/student/history.ts";
import { figuresOf, rawPractice } from "../reports/student/recomputed.ts";
import { statsReply } from "../reports/student/shapes.ts";
import { api, register, sql } from "../worker/client.ts";

describe("a skill's stats", () => {
  it("are the caller's own, as their answers make them", async () => {
    const { token, id } = await register();
    await recordHistory(id, [
      {
        skillId: 1,
        startedAt: "2026-01-01T10:00:00.000Z",
        deeds: [true, true, false, true, false, false].map((right) => ({ did: "answer", afterSec: 9, right })),
      },
      { skillId: 2, startedAt: "2026-01-02T10:00:00.000Z", deeds: [{ did: "answer", afterSec: 9, right: true }] },
    ]);
    const figures = figuresOf((await rawPractice(id)).attempts.filter(({ skill_id }) => skill_id === 1));
    const answer = await api("GET", "/skills/1/stats", { token });
    expect(statsReply.parse(answer.json()).data).toEqual({
      best_smartscore: figures.best,
      last_smartscore: figures.last,
      last_practiced_at: figures.lastAt,
      total_questions: 6,
      accuracy_percent: 50,
    });
  });

  it("are zeros and null for a skill never practised, also by one who practised others", async () => {
    const { token } = await register();
    const answer = await api("GET", "/skills/2/stats", { token });
    expect(answer.status).toBe(200);
    expect(statsReply.parse(answer.json()).data).toEqual({
      best_smartscore: 0,
      last_smartscore: 0,
      last_practiced_at: null,
      total_questions: 0,
      accuracy_percent: 0,
    });
  });

  it("are not found for a skill that does not exist or is not published", async () => {
    const { token } = await register();
    const [hidden] = await sql<{ id: number }>(
      `insert into skills (subject_id, grade_id, code, title, is_published)
       values (1, 7, 'STATS.1', 'Not published', false) returning id`,
    );
    for (const id of [hidden?.id, 2_147_483_647]) {
      const answer = await api("GET", `/skills/${id}/stats`, { token });
      expect(answer.status).toBe(404);
      expect(answer.json().error.code).toBe("not_found");
    }
    await sql("delete from skills where id = $1", [hidden?.id]);
  });
});
