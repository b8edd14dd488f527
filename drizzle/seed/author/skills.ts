import type { AuthoredSkill } from "./kit.ts";
import { divideWholeNumbers } from "./skills/divide-whole-numbers.ts";
import { multiplyWholeNumbers } from "./skills/multiply-whole-numbers.ts";

/** Every skill of the seed, by id. */
export const authoredSkills: readonly AuthoredSkill[] = [multiplyWholeNumbers, divideWholeNumbers];
