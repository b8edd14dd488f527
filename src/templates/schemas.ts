import { z } from "../http/zod.ts";

/** The names of `word-lists.ts`. */
export const WORD_LIST_NAMES = ["names", "people", "things", "animals", "colors", "weekdays", "months"] as const;

const variableName = z.string().regex(/^[a-z][A-Za-z0-9_]{0,29}$/, "a name is a small letter, then letters and digits");

const expression = z
  .string()
  .min(1)
  .max(400)
  .openapi({ description: "An expression of the template language (CEL with exact numbers)", example: "a * b" });

const text = (max: number) => z.string().min(1).max(max);
/** The same with `{{expression}}` in it. */
const filledIn = (max: number, what: string) =>
  text(max).openapi({ description: `${what}, with \`{{expression}}\` for what is worked out` });

const MOST_DECIMAL = 1e9;
const MOST_INTEGER = 1e12;

const withSixDecimals = <T extends z.ZodNumber>(number: T) =>
  number
    .max(MOST_DECIMAL)
    .refine((value) => /^-?\d+(\.\d{1,6})?$/.test(String(value)), "a number has at most six decimals");
const decimal = withSixDecimals(z.number().min(-MOST_DECIMAL));

const integer = z.int().min(-MOST_INTEGER).max(MOST_INTEGER);

const entry = z.union([z.string().min(1).max(100), decimal]);

export const recordSchema = z.record(variableName, entry).refine((record) => {
  const fields = Object.keys(record).length;
  return fields >= 1 && fields <= 10;
}, "a record has 1 to 10 fields");

const variable = z
  .discriminatedUnion("type", [
    z.strictObject({
      type: z.literal("integer"),
      from: integer,
      to: integer,
      step: z
        .int()
        .positive()
        .max(MOST_INTEGER)
        .optional()
        .openapi({ description: "From one value to the next; 1 where it is left out" }),
    }),
    z.strictObject({
      type: z.literal("decimal"),
      from: decimal,
      to: decimal,
      step: withSixDecimals(z.number().positive()).openapi({ description: "From one value to the next" }),
    }),
    z.strictObject({
      type: z.literal("choice"),
      of: z
        .union([
          z.array(decimal).min(1).max(200),
          z.array(z.string().min(1).max(100)).min(1).max(200),
          z.array(recordSchema).min(1).max(200),
        ])
        .openapi({ description: "One of these: numbers, texts, or records of the same fields, read as `what.many`" }),
    }),
    z.strictObject({
      type: z.literal("list"),
      list: z
        .enum(WORD_LIST_NAMES)
        .openapi({ description: "A word of this list; of `people`, `things` and `animals` a record" }),
    }),
  ])
  .openapi("TemplateVariable");

const names = <T extends z.ZodType>(of: T, max: number) =>
  z.record(variableName, of).refine((record) => Object.keys(record).length <= max, `at most ${max} of them`);

const number = z.union([decimal, expression]);

const shownAs = filledIn(200, "How it is written, where not as its `value`");

const wrongChoice = z.strictObject({
  value: expression,
  text: shownAs.optional(),
  feedback: filledIn(400, "What is said to who chose it").optional(),
});

const shared = {
  level: z
    .union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)])
    .openapi({ description: "How hard it is, 1 the easiest" }),
  variables: names(variable, 20).openapi({ description: "What differs from question to question, by name" }),
  derived: names(expression, 30).optional().openapi({ description: "Named expressions, in any order" }),
  constraints: z.array(expression).max(20).optional().openapi({ description: "What must hold, tried in order" }),
  prompt: filledIn(1_000, "The question"),
  explanation: filledIn(2_000, "What students read once they have answered"),
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

const answerShown = z.boolean().optional().openapi({
  description: "True: the answer may be read off the prompt, as the greatest of these numbers",
});

export const templateBodySchema = z
  .discriminatedUnion("type", [
    z.strictObject({
      type: z.literal("MCQ"),
      ...shared,
      ...ofChoices,
      answer: z.strictObject({ value: expression, text: shownAs.optional() }),
      distractors: z
        .array(wrongChoice)
        .min(1)
        .max(12)
        .openapi({ description: "Wrong choices, each a typical mistake" }),
      show: z.int().min(2).max(8).optional().openapi({
        description: "How many choices there are; distractors that coincide are then left out, and spare ones stand in",
      }),
      order: z.enum(["shuffled", "sorted", "listed"]).optional().openapi({
        description:
          "Of the choices. `listed`: the distractors are all choices, in their order, and the answer is one of them",
      }),
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
        form: z.enum(["decimal", "fraction", "mixed"]).optional().openapi({
          description: "How the key is shown; `decimal` refuses what has no end",
        }),
        tolerance: number.optional().openapi({ description: "How far off an answer may be" }),
        unit: text(40).optional().openapi({ description: "To show beside the field" }),
        min: number.optional().openapi({ description: "For the field" }),
        max: number.optional().openapi({ description: "For the field" }),
      }),
      answer_shown: answerShown,
    }),
    z.strictObject({
      type: z.literal("TEXT"),
      ...shared,
      answer: z.strictObject({
        text: filledIn(200, "The key"),
        accept: z
          .array(text(200))
          .max(10)
          .optional()
          .openapi({ description: "Other right answers, written like `text`" }),
        placeholder: text(100).optional().openapi({ description: "To show in the empty field" }),
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
