/** Rows that students' objects have written: within their answers' own transactions, and by all else, the drain's mark and deletions. */
export type RowCounts = { answers: number; byAnswers: number; byOthers: number };
