import { mix } from "../seeded-random.ts";
import { attempt, TemplateFailure, type TemplateFault } from "./faults.ts";
import type { Instance, InstanceOf, Judged } from "./instance.ts";
import { makeContent } from "./make-content.ts";
import type { Template } from "./template.ts";
import type { Values } from "./values.ts";

export type Made = { readonly instance: Instance; readonly values: Values; readonly judged: readonly Judged[] };

export type MadeInstance =
  | { readonly ok: true; readonly instance: Instance }
  | { readonly ok: false; readonly fault: TemplateFault };

/**
 * The instance of a template: the same for the same seed and number, on every engine and at any time. None comes twice in
 * `spaceSize(template)` numbers from a multiple of it on. A template that was validated may still, in a combination that was
 * not among those that validation ran, fail to give one; the next number then gives another.
 */
export function makeInstance(template: Template, which: InstanceOf): MadeInstance {
  const made = attempt(() => make(template, which));
  return made.ok ? { ok: true, instance: made.value.instance } : made;
}

/** The same with what it was made from; throws a {@link TemplateFailure} where it cannot be made. */
export function make(template: Template, { seed, number }: InstanceOf): Made {
  const space = template.space();
  if (space.size === 0) throw new TemplateFailure("constraints", "are never met");
  const values = space.at(seed, number);
  for (const { name, expression } of template.derived) values[name] = expression.evaluate(values);
  const prompt = template.prompt.render(values);
  const { data, correctAnswer, feedback, judged, answer } = makeContent(template.content, values, {
    seed: mix(seed, template.salt),
    number,
  });
  if (answer !== undefined) values.answer = answer;
  const explanation = template.explanation.render(values);
  const { type, level } = template;
  return { instance: { type, level, prompt, data, correctAnswer, explanation, feedback }, values, judged };
}
