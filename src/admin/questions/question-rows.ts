import { questions } from "../../db/tables.ts";
import type { Rows } from "../rows.ts";
import type { AdminQuestionDto } from "./schemas.ts";

/** How stored questions are kept. */
export const QUESTION_ROWS: Rows<typeof questions, AdminQuestionDto> = {
  table: questions,
  meanings: {
    unknown: { questions_skill_id_skills_id_fk: { path: "skill_id", what: "skill" } },
    taken: "There is such a question already.",
  },
  toDto: (row) => ({
    id: row.id,
    skill_id: row.skillId,
    type: row.type,
    prompt: row.prompt,
    data: row.data,
    correct_answer: row.correctAnswer,
    explanation: row.explanation,
    level: row.level,
  }),
};
