import type { AuthoredSkill } from "./kit.ts";
import { addAndSubtractDecimals } from "./skills/add-and-subtract-decimals.ts";
import { addAndSubtractFractions } from "./skills/add-and-subtract-fractions.ts";
import { addAndSubtractUpTo1000 } from "./skills/add-and-subtract-up-to-1000.ts";
import { addAndSubtractWithin20 } from "./skills/add-and-subtract-within-20.ts";
import { angles } from "./skills/angles.ts";
import { areaAndPerimeter } from "./skills/area-and-perimeter.ts";
import { compareFractions } from "./skills/compare-fractions.ts";
import { divideWholeNumbers } from "./skills/divide-whole-numbers.ts";
import { equivalentExpressions } from "./skills/equivalent-expressions.ts";
import { integers } from "./skills/integers.ts";
import { linearEquations } from "./skills/linear-equations.ts";
import { meanMedianModeRange } from "./skills/mean-median-mode-range.ts";
import { multiplyWholeNumbers } from "./skills/multiply-whole-numbers.ts";
import { percents } from "./skills/percents.ts";
import { placeValueUpTo1000 } from "./skills/place-value-up-to-1000.ts";
import { ratiosAndRates } from "./skills/ratios-and-rates.ts";

/** Every skill of the seed, by id. */
export const authoredSkills: readonly AuthoredSkill[] = [
  multiplyWholeNumbers,
  divideWholeNumbers,
  addAndSubtractWithin20,
  placeValueUpTo1000,
  addAndSubtractUpTo1000,
  compareFractions,
  areaAndPerimeter,
  addAndSubtractFractions,
  addAndSubtractDecimals,
  ratiosAndRates,
  percents,
  meanMedianModeRange,
  integers,
  equivalentExpressions,
  angles,
  linearEquations,
];
