import { expect, it } from "vitest";
import { loadCatalog } from "../../drizzle/seed/catalog.ts";
import { checkInstance } from "../../src/templates/check-instance.ts";
import { parseTemplate } from "../../src/templates/parse-template.ts";

const INSTANCES = 100_000;

it("every one of 100,000 questions that the catalog's templates make has one right key and no choice twice", {
  timeout: 120_000,
}, async () => {
  const { templates } = await loadCatalog();
  const each = Math.ceil(INSTANCES / templates.length);
  let made = 0;
  const faults: object[] = [];
  for (const { id, skill_id: skillId, body } of templates) {
    const parsed = parseTemplate(body);
    if (!parsed.ok) throw new Error(`${skillId} ${id}: ${JSON.stringify(parsed.faults)}`);
    for (let number = 0; number < each; number++) {
      const seed = number * 7_919 + skillId;
      const checked = checkInstance(parsed.template, { seed, number });
      if (checked.made) made += 1;
      if (!checked.made || checked.faults.length > 0)
        faults.push({ id, skillId, seed, number, faults: checked.faults });
    }
  }
  expect(faults).toEqual([]);
  expect(made).toBeGreaterThanOrEqual(INSTANCES);
});
