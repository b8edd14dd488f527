import { isUniqueViolation } from "../db/errors.ts";
import { newJoinCode } from "./codes.ts";

/** Two classes get the same code about once in as many as there are codes; three times running never. */
const TRIES = 3;

/** Does something with a new join code, and anew with another, three times in all, where a class has it already. */
export async function withJoinCode<T>(work: (code: string) => Promise<T>, tries = TRIES): Promise<T> {
  try {
    return await work(newJoinCode());
  } catch (error) {
    if (tries > 1 && isUniqueViolation(error, "classrooms_join_code_key")) return withJoinCode(work, tries - 1);
    throw error;
  }
}
