import { expect, it } from "vitest";
import { makeInstance } from "../../src/templates/make-instance.ts";
import { parseTemplate } from "../../src/templates/parse-template.ts";
import { validateTemplate } from "../../src/templates/validate-template.ts";
import instances from "./same-everywhere.json" with { type: "json" };

it.each(instances)("$example makes in workerd what it makes elsewhere", ({ body, seed, number, made }) => {
  const parsed = parseTemplate(body);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  expect(validateTemplate(parsed.template)).toMatchObject({ ok: true });
  expect(makeInstance(parsed.template, { seed, number })).toEqual({ ok: true, instance: made });
});
