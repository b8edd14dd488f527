import type { FieldFault } from "./errors.ts";
import type { z } from "./zod.ts";

/** What a schema found wrong, each fault with its place: `choices.0.id`. */
export const faultsOf = ({ issues }: z.ZodError): FieldFault[] =>
  issues.map(({ path, message }) => ({ path: path.map(String).join("."), message }));
