import { checkInstance, type InstanceFault, shown } from "./check-instance.ts";
import type { Instance } from "./instance.ts";
import type { Template } from "./template.ts";

/** An instance as an author sees it, with its key and what it was made from; or why there is none. */
export type Preview = {
  readonly number: number;
  readonly instance: Instance | null;
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly InstanceFault[];
};

/** The first instances that a session with this seed would meet. */
export function previewTemplate(template: Template, { count = 10, seed = 1 } = {}): Preview[] {
  return Array.from({ length: count }, (_, number) => {
    const { made, faults } = checkInstance(template, { seed, number });
    const values = made ? shown(template, made.values) : (faults[0]?.values ?? {});
    return { number, instance: made?.instance ?? null, values, faults };
  });
}
