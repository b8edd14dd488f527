import { z } from "../http/zod.ts";

/** The names of `word-lists.ts`. */
export const WORD_LIST_NAMES = ["names", "people", "things", "animals", "colors", "weekdays", "months"] as const;

const variableName = z.string().regex(/^[a-z][A-Za-z0-9_]{0,29}$/, "a name is a small letter, then letters and digits");

const expression = z
  .string()
  .min(1)
  .max(400)
  .openapi({ description: "An expression of the template language (CEL with exact numbers)", example: "a * b" });

/** With `{{expression}}` in it. */
const text = (max: number) => z.string().min(1).max(max);

const decimal = z
  .number()
  .min(-1e9)
  .max(1e9)
  .refine((value) => /^-?\d+(\.\d{1,6})?$/.test(String(value)), "a number has at most six decimals");

const integer = z.int().min(-1e12).max(1e12);

const entry = z.union([z.string().min(1).max(100), decimal]);

export const recordSchema = z.record(variableName, entry).refine((record) => {
  const fields = Object.keys(record).length;
  return fields >= 1 && fields <= 10;
}, "a record has 1 to 10 fields");

const variable = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("integer"), from: integer, to: integer, step: integer.positive().optional() }),
    z.strictObject({ type: z.literal("decimal"), from: decimal, to: decimal, step: decimal.positive() }),
    z.strictObject({
      type: z.literal("choice"),
      of: z.union([
        z.array(decimal).min(1).max(200),
        z.array(z.string().min(1).max(100)).min(1).max(200),
        z.array(recordSchema).min(1).max(200),
      ]),
    }),
    z.strictObject({ type: z.literal("list"), list: z.enum(WORD_LIST_NAMES) }),
  ])
  .openapi("TemplateVariable");

const names = <T extends z.ZodType>(of: T, max: number) =>
  z.record(variableName, of).refine((record) => Object.keys(record).length <= max, `at most ${max} of them`);

const number = z.union([decimal, expression]);

const wrongChoice = z.strictObject({ value: expression, text: text(200).optional(), feedback: text(400).optional() });

const shared = {
  level: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]),
  variables: names(variable, 20),
  derived: names(expression, 30).optional(),
  constraints: z.array(expression).max(20).optional(),
  prompt: text(1_000),
  explanation: text(2_000),
  check: expression.optional().openapi({
    description:
      "The key again, computed another way: its value, or a condition on `answer` that holds for it and, of choices, " +
      "for no wrong one",
  }),
};

const ofChoices = {
  choice_text: text(200).optional().openapi({ description: "How every choice is written, from its `value`" }),
  compare: z.enum(["value", "text"]).optional().openapi({
    description: "By what two choices are the same. `value`, unless equal values in other words are the point",
  }),
};

/** The answer may be read off the prompt: the greatest of these numbers. */
const answerShown = z.boolean().optional();

export const templateBodySchema = z
  .discriminatedUnion("type", [
    z.strictObject({
      type: z.literal("MCQ"),
      ...shared,
      ...ofChoices,
      answer: z.strictObject({ value: expression, text: text(200).optional() }),
      distractors: z.array(wrongChoice).min(1).max(12),
      show: z.int().min(2).max(8).optional().openapi({
        description: "How many choices there are; distractors that coincide are then left out, and spare ones stand in",
      }),
      order: z.enum(["shuffled", "sorted", "listed"]).optional(),
      answer_shown: answerShown,
    }),
    z.strictObject({
      type: z.literal("MULTI_SELECT"),
      ...shared,
      ...ofChoices,
      candidates: z.array(wrongChoice).min(2).max(8),
      right: expression.openapi({ description: "Whether a candidate's `value` is right", example: "value % 3 == 0" }),
    }),
    z.strictObject({
      type: z.literal("NUMERIC"),
      ...shared,
      answer: z.strictObject({
        value: expression,
        form: z.enum(["decimal", "fraction", "mixed"]).optional(),
        tolerance: number.optional(),
        unit: text(40).optional(),
        min: number.optional(),
        max: number.optional(),
      }),
      answer_shown: answerShown,
    }),
    z.strictObject({
      type: z.literal("TEXT"),
      ...shared,
      answer: z.strictObject({
        text: text(200),
        accept: z.array(text(200)).max(10).optional(),
        placeholder: text(100).optional(),
      }),
      answer_shown: answerShown,
    }),
  ])
  .openapi("QuestionTemplate", {
    example: {
      type: "NUMERIC",
      level: 2,
      variables: {
        who: { type: "list", list: "names" },
        boxes: { type: "integer", from: 3, to: 9 },
        each: { type: "integer", from: 12, to: 40 },
      },
      prompt: "{{who}} packs {{boxes}} boxes with {{each}} cookies each. How many cookies are that?",
      explanation: "Each box has {{each}}, so multiply: {{boxes}} × {{each}} = {{answer}}.",
      answer: { value: "boxes * each", unit: "cookies" },
      check: "answer / boxes == each",
    },
  });

/** A question that is a rule, as authors write it and the record keeps it. */
export type TemplateBody = z.infer<typeof templateBodySchema>;

export type TemplateVariable = z.infer<typeof variable>;
