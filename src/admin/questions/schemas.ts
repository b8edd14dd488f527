import { catalogId, rowId } from "../../http/fields.ts";
import { z } from "../../http/zod.ts";
import { QUESTION_TYPES } from "../../practice/question.ts";
import { level, listQuery, prose } from "../fields.ts";
import { toChecked } from "./check-question.ts";

const WRITE_A_TEMPLATE =
  "Plugin and interactive questions and generator_code are not carried over: write a question template " +
  "(/api/v1/admin/questions/templates).";

const example = {
  skill_id: 1,
  type: "MCQ" as const,
  prompt: "What is 7 × 8?",
  data: {
    choices: [
      { id: "A", text: "54" },
      { id: "B", text: "56" },
      { id: "C", text: "64" },
    ],
  },
  correct_answer: { choice: "B" },
  explanation: "7 × 8 is 7 × 7 and one more 7: 49 + 7 = 56.",
  level: 2,
};

const json = z.record(z.string(), z.unknown());

const questionData = json.openapi({
  description:
    "MCQ and MULTI_SELECT: `{choices: [{id, text}]}`. NUMERIC: `{tolerance?, unit?, min?, max?}`. TEXT: nothing",
});

const key = json.openapi({
  description:
    "MCQ: `{choice}`. MULTI_SELECT: `{choices}`. NUMERIC: `{value}`. TEXT: `{text, accept?}`, where `accept` lists other right answers",
});

/** A stored question as an admin sees it, with its key. */
export const adminQuestion = z
  .object({
    id: z.int().positive(),
    skill_id: z.int().positive(),
    type: z.enum(QUESTION_TYPES),
    prompt: z.string(),
    data: questionData,
    correct_answer: key,
    explanation: z.string().openapi({ description: "What students read once they have answered" }),
    level,
  })
  .openapi("AdminQuestion", { example: { id: 1, ...example } });

const fields = {
  skill_id: rowId,
  type: z.enum(QUESTION_TYPES, {
    error: ({ input }) =>
      input === undefined ? undefined : `must be one of ${QUESTION_TYPES.join(", ")}. ${WRITE_A_TEMPLATE}`,
  }),
  prompt: z.string().trim().min(1).max(4_000),
  data: questionData,
  correct_answer: key,
  explanation: prose(8_000).openapi({ description: "What students read once they have answered" }),
  level,
  generator_code: z.null({ error: WRITE_A_TEMPLATE }).openapi({ description: "Not carried over: write a template" }),
};

export const questionChange = z
  .object(fields)
  .partial()
  .openapi("QuestionChange", { example: { prompt: "How much is 7 × 8?", level: 3 } });

/** What is left out is empty. */
export const newQuestion = questionChange
  .required({ skill_id: true, type: true, prompt: true, correct_answer: true, level: true })
  .transform(toChecked)
  .openapi("NewQuestion", { example });

export const questionFilters = z.object({
  skill_id: catalogId.optional().openapi({ description: "Of this skill" }),
  sort_order: z
    .enum(["asc", "desc"])
    .default("asc")
    .openapi({ description: "By id: the oldest first, or the newest", example: "asc" }),
  ...listQuery("a prompt or explanation"),
});

export type AdminQuestionDto = z.infer<typeof adminQuestion>;
export type QuestionChange = z.infer<typeof questionChange>;
