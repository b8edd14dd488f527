import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chooseQuestion, isEmpty, type Pool, type PutQuestion, questionOf } from "../../src/practice/pool.ts";
import { twoChoices } from "./questions.ts";

const template = (id: number, level: 1 | 2 | 3 | 4 | 5, most: number) => ({
  id: `00000000-0000-8000-8000-00000000000${id}`,
  level,
  body: {
    type: "NUMERIC",
    level,
    variables: { a: { type: "integer", from: 1, to: most }, b: { type: "integer", from: 11, to: 12 } },
    prompt: `Template ${id}: what is {{a}} + {{b}}?`,
    explanation: "Count on: {{a}} + {{b}} = {{answer}}.",
    answer: { value: "a + b" },
  },
});

let version = 0;
const poolOf = (fields: Partial<Pool>): Pool => ({ version: ++version, questions: [], templates: [], ...fields });

/** The questions that a session asks at these scores, in order. */
function asksOf(pool: Pool, seed: number, scores: readonly number[]): PutQuestion[] {
  const asked: PutQuestion[] = [];
  for (const score of scores) asked.push(chooseQuestion(pool, { score, asked, seed }));
  return asked;
}

const promptsOf = (pool: Pool, asked: readonly PutQuestion[]) => asked.map((put) => questionOf(pool, put).prompt);

describe("a pool with templates", () => {
  it("starts with the stored question of the lowest id, where one is at the level", () => {
    const pool = poolOf({ questions: [twoChoices(4, 2), twoChoices(9, 2)], templates: [template(1, 2, 9)] });
    expect(asksOf(pool, 5, [0])).toEqual([{ questionId: 4, generator: null, made: null }]);
  });

  it("gives a template's question an id of its own and says which it is", () => {
    const pool = poolOf({ templates: [template(1, 2, 9)] });
    const [first, second] = asksOf(pool, 5, [0, 0]);
    expect(first).toMatchObject({ questionId: 1_000_000_001, generator: `${template(1, 2, 9).id}:0` });
    expect(second).toMatchObject({ questionId: 1_000_000_002, generator: `${template(1, 2, 9).id}:1` });
    expect(first && questionOf(pool, first)).toMatchObject({
      id: 1_000_000_001,
      data: { _generator_id: first?.generator },
    });
  });

  it("asks no question twice until every one was asked, in any session", () => {
    const pool = poolOf({
      questions: [twoChoices(1, 2), twoChoices(2, 3)],
      templates: [template(1, 2, 5), template(2, 3, 4), template(3, 4, 3)],
    });
    const size = 2 + 5 * 2 + 4 * 2 + 3 * 2;
    fc.assert(
      fc.property(fc.nat(), fc.array(fc.nat(99), { minLength: size, maxLength: size }), (seed, scores) => {
        const prompts = promptsOf(pool, asksOf(pool, seed, scores));
        expect(new Set(prompts).size).toBe(size);
      }),
      { numRuns: 50 },
    );
  });

  it("goes on when everything was asked, and never with the same question twice running", () => {
    const pool = poolOf({ questions: [twoChoices(1, 2)], templates: [template(1, 2, 2)] });
    const prompts = promptsOf(pool, asksOf(pool, 3, Array(40).fill(0)));
    expect(prompts.every((prompt, index) => prompt !== prompts[index - 1])).toBe(true);
  });

  it("asks the same questions in the same session, wherever it is", () => {
    const pool = poolOf({ templates: [template(1, 2, 50)] });
    const again: Pool = { ...pool, version: ++version };
    expect(asksOf(again, 77, Array(30).fill(0))).toEqual(asksOf(pool, 77, Array(30).fill(0)));
  });

  it("keeps a question as it was put, whatever becomes of its template", () => {
    const [put] = asksOf(poolOf({ templates: [template(1, 2, 50)] }), 77, [0]);
    expect(put && questionOf(poolOf({}), put)).toEqual(put?.made);
  });

  it("does without a template that cannot be read", () => {
    const broken = { ...template(2, 2, 9), body: { type: "NUMERIC", level: 2, prompt: "{{" } };
    const pool = poolOf({ templates: [broken, template(1, 2, 9)] });
    expect(asksOf(pool, 1, [0])[0]?.generator).toBe(`${template(1, 2, 9).id}:0`);
    expect(isEmpty(poolOf({ templates: [broken] }))).toBe(true);
  });
});
