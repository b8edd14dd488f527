import { badFields } from "../../http/errors.ts";
import type { InstanceFault } from "../../templates/check-instance.ts";
import { parseTemplate } from "../../templates/parse-template.ts";
import type { Template } from "../../templates/template.ts";
import { validateTemplate } from "../../templates/validate-template.ts";

/** Why a template may not be kept: what does not fit together, else what goes wrong when it runs. */
export function templateFaults(json: unknown): readonly InstanceFault[] {
  const parsed = parseTemplate(json);
  if (!parsed.ok) return parsed.faults;
  const validated = validateTemplate(parsed.template);
  return validated.ok ? [] : validated.faults;
}

/** Refuses what may not be kept, with the place of each fault in the body. */
export function requireGoodTemplate(json: unknown): void {
  const faults = templateFaults(json);
  if (faults.length > 0) throw refused(faults);
}

/** A template that fits together, if perhaps it does not run well. */
export function parsedTemplate(json: unknown): Template {
  const parsed = parseTemplate(json);
  if (!parsed.ok) throw refused(parsed.faults);
  return parsed.template;
}

const refused = (faults: readonly InstanceFault[]) =>
  badFields(faults.map((fault) => ({ ...fault, path: `template.${fault.path}` })));
