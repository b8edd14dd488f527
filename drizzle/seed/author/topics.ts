/** Topic ids as in `data/topics.json`. */
export const TOPIC = {
  multiplicationAndDivision: 1,
  additionAndSubtraction: 2,
  placeValue: 3,
  fractions: 4,
  decimals: 5,
  ratiosAndRates: 6,
  integers: 7,
  equations: 8,
  measurement: 9,
  dataAndStatistics: 10,
  percents: 11,
  expressions: 12,
  geometry: 13,
} as const;
