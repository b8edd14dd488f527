/** Topic ids as in `data/topics.json`. */
export const TOPIC = {
  multiplicationAndDivision: 1,
  additionAndSubtraction: 2,
  placeValue: 3,
  fractions: 4,
  decimals: 5,
  ratiosAndPercents: 6,
  integers: 7,
  expressionsAndEquations: 8,
  geometryAndMeasurement: 9,
  dataAndStatistics: 10,
} as const;
