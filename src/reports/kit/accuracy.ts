/** The share of right answers in percent, to one decimal; 0 where there are none. */
export function accuracyPercent(correct: number, questions: number): number {
  return questions === 0 ? 0 : Math.round((correct * 1000) / questions) / 10;
}
