import { ApiError } from "../http/errors.ts";

/** A skill that there is not, or none that the caller may see; `details` say which, where several were named. */
export const noSuchSkill = (details?: { readonly skill_ids: readonly number[] }) =>
  new ApiError("not_found", "There is no such skill.", { details });
