import type { FieldFault } from "../../http/errors.ts";
import { faultsOf } from "../../http/schema-faults.ts";
import { z } from "../../http/zod.ts";
import { parseNumeral } from "../../practice/numeral.ts";
import type { QuestionType } from "../../practice/question.ts";

/** What of a question must fit together: its type, what students see, and the key. */
export type AnswerableQuestion = {
  readonly type: QuestionType;
  readonly data: unknown;
  readonly correct_answer: unknown;
};

type Json = Record<string, unknown>;

/** The question's data and key as they are to be kept, or where and how they do not fit. */
export type CheckedQuestion =
  | { readonly ok: true; readonly data: Json; readonly correctAnswer: Json }
  | { readonly ok: false; readonly faults: readonly FieldFault[] };

const MAX_DATA_CHARACTERS = 32_000;
const MAX_CHOICES = 26;

/**
 * Whether a question can be answered right in just the way that its key says: choices with ids and texts of their own,
 * a key that names some of them, numbers that are numbers. What else `data` holds is kept, since students may be shown it.
 */
export function checkQuestion({ type, data, correct_answer }: AnswerableQuestion): CheckedQuestion {
  const parsed = SHAPES[type].safeParse({ data, correct_answer });
  if (parsed.success) return { ok: true, data: parsed.data.data, correctAnswer: parsed.data.correct_answer };
  return { ok: false, faults: faultsOf(parsed.error) };
}

/**
 * For a schema of questions to be transformed by: the question with its data, empty where none was sent, and its key as they
 * are to be kept; what does not fit is a fault of the schema's own.
 */
export function toChecked<Q extends Omit<AnswerableQuestion, "data"> & { data?: Json | undefined }>(
  question: Q,
  context: z.RefinementCtx,
) {
  const checked = checkQuestion({ ...question, data: question.data ?? {} });
  if (checked.ok) return { ...question, data: checked.data, correct_answer: checked.correctAnswer };
  for (const { path, message } of checked.faults) {
    context.addIssue({ code: "custom", path: path.split("."), message });
  }
  return z.NEVER;
}

/** Students see the data before they answer. */
const TELLING = ["answer", "correct_answer", "correct", "explanation", "generator_code", "_generator_id"];

const shown = <T extends z.ZodRawShape>(shape: T) =>
  z.looseObject(shape).superRefine((data, context) => {
    for (const name of Object.keys(data)) {
      if (TELLING.includes(name))
        context.addIssue({ code: "custom", path: [name], message: "is not for students to see" });
    }
    if (JSON.stringify(data).length > MAX_DATA_CHARACTERS) {
      context.addIssue(`may have ${MAX_DATA_CHARACTERS} characters at most`);
    }
  });

const text = (max: number) => z.string().trim().min(1).max(max);

const choices = z
  .array(z.looseObject({ id: text(20), text: text(500) }))
  .min(2)
  .max(MAX_CHOICES)
  .superRefine((list, context) => {
    for (const name of ["id", "text"] as const) {
      const before = new Set<string>();
      for (const [i, choice] of list.entries()) {
        const value = choice[name].normalize("NFC");
        if (before.has(value))
          context.addIssue({ code: "custom", path: [i, name], message: "is another choice's too" });
        before.add(value);
      }
    }
  });

/** Ids that must be among the choices'. */
const missingFrom = (list: readonly { id: string }[], id: string) => !list.some((choice) => choice.id === id);

const NO_SUCH_CHOICE = "is none of the choices";

const mcq = z
  .object({ data: shown({ choices }), correct_answer: z.object({ choice: text(20) }) })
  .superRefine(({ data, correct_answer: { choice } }, context) => {
    if (!missingFrom(data.choices, choice)) return;
    context.addIssue({ code: "custom", path: ["correct_answer", "choice"], message: NO_SUCH_CHOICE });
  });

const multiSelect = z
  .object({
    data: shown({ choices }),
    correct_answer: z.object({ choices: z.array(text(20)).min(1).max(MAX_CHOICES) }),
  })
  .superRefine(({ data, correct_answer: { choices: key } }, context) => {
    for (const [i, id] of key.entries()) {
      const fault = missingFrom(data.choices, id) ? NO_SUCH_CHOICE : key.indexOf(id) < i ? "comes twice" : undefined;
      if (fault) context.addIssue({ code: "custom", path: ["correct_answer", "choices", i], message: fault });
    }
  });

const number = z.number();

const NO_NUMERAL = 'must be a number, such as 42, "1,234" or "3/4"';

/** A number, or a numeral as people write it. */
const numeral = z.union(
  [number, z.string().refine((written) => parseNumeral(written) !== undefined, NO_NUMERAL)],
  NO_NUMERAL,
);

const numeric = z
  .object({
    data: shown({
      tolerance: number.min(0).optional(),
      unit: text(20).optional(),
      min: number.optional(),
      max: number.optional(),
    }),
    correct_answer: z.object({ value: numeral }),
  })
  .superRefine(({ data: { min, max }, correct_answer: { value } }, context) => {
    if (min !== undefined && max !== undefined && min > max) {
      context.addIssue({ code: "custom", path: ["data", "min"], message: "is above max" });
    }
    const key = typeof value === "number" ? value : (parseNumeral(value) ?? Number.NaN);
    if ((min !== undefined && key < min) || (max !== undefined && key > max)) {
      context.addIssue({ code: "custom", path: ["correct_answer", "value"], message: "is not between min and max" });
    }
  });

const MAX_ANSWER = 500;

const words = z.object({
  data: shown({}),
  correct_answer: z.object({ text: text(MAX_ANSWER), accept: z.array(text(MAX_ANSWER)).max(50).optional() }),
});

const SHAPES = { MCQ: mcq, MULTI_SELECT: multiSelect, NUMERIC: numeric, TEXT: words } as const;
