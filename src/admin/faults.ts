import { pgError } from "../db/errors.ts";
import { ApiError, badFields } from "../http/errors.ts";

/** What the constraints of a table mean to who breaks them. */
export type Meanings = {
  /** Foreign keys: the field that names what does not exist. */
  readonly unknown?: Readonly<Record<string, { readonly path: string; readonly what: string }>>;
  /** The message of any unique constraint. */
  readonly taken: string;
};

export const conflict = (message: string) => new ApiError("conflict", message);

export const noSuch = (what: string) => new ApiError("not_found", `There is no such ${what}.`);

/** Runs a change and says in the API's words which constraint it broke, if that is what it failed on. */
export async function refusing<T>(meanings: Meanings, change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (failure) {
    throw refusalOf(meanings, failure) ?? failure;
  }
}

function refusalOf({ unknown, taken }: Meanings, failure: unknown): ApiError | undefined {
  const error = pgError(failure);
  const constraint = error?.constraint ?? "";
  switch (error?.code) {
    case "23503": {
      const named = unknown?.[constraint];
      return named && badFields([{ path: named.path, message: `there is no such ${named.what}` }]);
    }
    case "23505":
      return conflict(taken);
    case "23514":
      if (constraint !== "skill_prerequisites_acyclic") return undefined;
      return badFields([{ path: "prerequisites", message: `would go round in a circle: ${error.detail}` }]);
    default:
      return undefined;
  }
}
