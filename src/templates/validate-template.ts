import { checkInstance, type InstanceFault, shown } from "./check-instance.ts";
import { giveaways } from "./giveaways.ts";
import type { Made } from "./make-instance.ts";
import type { Space } from "./space.ts";
import type { Template } from "./template.ts";

const RUNS = 200;
/** A space of at most so many is run whole. */
const RUN_WHOLE = 400;
const MAX_FAULTS = 20;
/** Constraints that fewer combinations meet than one in so many leave next to nothing. */
const MIN_SHARE = 1 / 500;

export type ValidatedTemplate =
  | { readonly ok: true; readonly spaceSize: SpaceSize }
  | { readonly ok: false; readonly faults: readonly InstanceFault[] };

/** How many different instances there are; at least so many where it is not exact. */
export type SpaceSize = { readonly instances: number; readonly exact: boolean };

export function spaceSize(template: Template): SpaceSize {
  const { size, exact } = template.space();
  return { instances: size, exact };
}

/**
 * Runs a template 200 times, or through its whole space where that is small, always with the same seeds, and refuses one
 * that in any of them cannot be made, repeats a choice, gives two right ones or a key that its own check or grading does
 * not bear out, asks one question twice, or gives its answer away; and one whose constraints are hardly ever met.
 */
export function validateTemplate(template: Template): ValidatedTemplate {
  const space = template.space();
  const faults = constraintFaults(space);
  if (faults.length === 0) faults.push(...runFaults(template, space));
  return faults.length === 0 ? { ok: true, spaceSize: spaceSize(template) } : { ok: false, faults };
}

function constraintFaults({ constrained, size }: Space): InstanceFault[] {
  const faults = constrained.flatMap(({ constraints, tried, size: met, fault }): InstanceFault[] => {
    if (fault) return [fault];
    if (met >= Math.max(1, tried * MIN_SHARE)) return [];
    const path = constraints.length === 1 ? (constraints[0]?.path ?? "constraints") : "constraints";
    const message = met === 0 ? "are never met" : `are met by only ${met} of ${tried} combinations`;
    return [{ path, message }];
  });
  if (faults.length === 0 && size < 2) faults.push({ path: "variables", message: "leave only one question" });
  return faults;
}

function runFaults(template: Template, space: Space): InstanceFault[] {
  const faults = new Map<string, InstanceFault>();
  const note = (fault: InstanceFault) => {
    const name = `${fault.path} ${fault.message.replace(/[\d.,/−-]+/g, "#")}`;
    if (!faults.has(name) && faults.size < MAX_FAULTS) faults.set(name, fault);
  };
  const distinct = Math.min(space.size, space.size <= RUN_WHOLE ? RUN_WHOLE : RUNS);
  const made: Made[] = [];
  for (let run = 0; run < Math.max(RUNS, distinct); run += 1) {
    const checked = checkInstance(template, { seed: 1 + Math.floor(run / distinct), number: run % distinct });
    checked.faults.forEach(note);
    if (checked.made) made.push(checked.made);
  }
  repeats(template, made.slice(0, distinct)).forEach(note);
  if (faults.size === 0) giveaways(template, made).forEach(note);
  return [...faults.values()];
}

/** Instances of different variables that read the same. */
function repeats(template: Template, made: readonly Made[]): InstanceFault[] {
  const seen = new Set<string>();
  for (const { instance, values } of made) {
    const choices = Array.isArray(instance.data.choices) ? instance.data.choices : [];
    const texts = choices.map(({ text }: { text: string }) => text).toSorted();
    const reading = JSON.stringify([instance.prompt, texts]);
    if (seen.has(reading)) {
      const message = "is the same for different variables, so that one question comes twice";
      return [{ path: "prompt", message, values: shown(template, values) }];
    }
    seen.add(reading);
  }
  return [];
}
