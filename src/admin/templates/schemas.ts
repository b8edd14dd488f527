import { catalogId, rowId } from "../../http/fields.ts";
import { z } from "../../http/zod.ts";
import { QUESTION_TYPES } from "../../practice/question.ts";
import { templateBodySchema } from "../../templates/schemas.ts";
import { level, listQuery, positionOfFault, valuesOfFault } from "../fields.ts";

export const EXAMPLE_ID = "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c011";

/** A question template as an admin sees it. */
export const adminTemplate = z
  .object({
    id: z.uuid().openapi({ example: EXAMPLE_ID }),
    skill_id: z.int().positive().openapi({ example: 1 }),
    type: z.enum(QUESTION_TYPES).openapi({ example: "NUMERIC" }),
    level: level.openapi({ example: 2 }),
    template: templateBodySchema,
    created_at: z.iso.datetime().openapi({ example: "2026-11-22T08:00:00.000Z" }),
    updated_at: z.iso.datetime().openapi({ example: "2026-11-22T08:00:00.000Z" }),
  })
  .openapi("AdminTemplate");

const fields = { skill_id: rowId.openapi({ example: 1 }), template: templateBodySchema };

export const newTemplate = z.object(fields).openapi("NewTemplate");

export const templateChange = z
  .object(fields)
  .partial()
  .openapi("TemplateChange", { example: { skill_id: 2 } });

export const templateFilters = z.object({
  skill_id: catalogId.optional().openapi({ description: "Of this skill" }),
  ...listQuery("a prompt or explanation"),
});

export const previewRequest = z
  .object({
    template: templateBodySchema.optional(),
    id: z.uuid().optional().openapi({ description: "A template that is kept, in place of one sent along" }),
    seed: z
      .int()
      .min(0)
      .max(2 ** 31 - 1)
      .optional()
      .openapi({ description: "Other seeds give other questions; 1 where it is left out" }),
  })
  .refine(
    ({ template, id }) => (template === undefined) !== (id === undefined),
    "takes a template or an id, one of them",
  )
  .openapi("TemplatePreviewRequest", { example: { id: EXAMPLE_ID, seed: 1 } });

const fault = z.object({
  path: z.string().openapi({ description: "Where in the template" }),
  message: z.string(),
  position: positionOfFault.optional(),
  values: valuesOfFault.optional(),
});

const json = z.record(z.string(), z.unknown());

const previewedInstance = z.object({
  number: z.int().min(0).openapi({ description: "Which question of a session's, from 0" }),
  values: z.record(z.string(), z.string()).openapi({ description: "What the variables and derived values are" }),
  question: z
    .union([z.object({ type: z.enum(QUESTION_TYPES), prompt: z.string(), data: json, level }), z.null()])
    .openapi({ description: "As a student sees it; null where it could not be made" }),
  correct_answer: json.nullable().openapi({ description: "The key; null where it could not be made" }),
  explanation: z.string().nullable().openapi({ description: "Null where it could not be made" }),
  feedback: z.record(z.string(), z.string()).openapi({ description: "What is said to a wrong choice, by its id" }),
  faults: z.array(fault).openapi({ description: "What is wrong with this one" }),
});

export const templatePreview = z
  .object({
    seed: z.int().openapi({ description: "The one that was used" }),
    space: z
      .object({
        instances: z.int(),
        exact: z.boolean().openapi({ description: "False: there are at least so many" }),
      })
      .openapi({ description: "How many different questions there are" }),
    faults: z.array(fault).openapi({ description: "Why it would be refused, if it would" }),
    instances: z.array(previewedInstance).openapi({ description: "The first questions of a session" }),
  })
  .openapi("TemplatePreview", {
    example: {
      seed: 1,
      space: { instances: 4060, exact: true },
      faults: [],
      instances: [
        {
          number: 0,
          values: { who: "Ada", boxes: "4", each: "12" },
          question: {
            type: "NUMERIC",
            prompt: "Ada packs 4 boxes with 12 cookies each. How many cookies are that?",
            data: { unit: "cookies" },
            level: 2,
          },
          correct_answer: { value: 48 },
          explanation: "Each box has 12, so multiply: 4 × 12 = 48.",
          feedback: {},
          faults: [],
        },
      ],
    },
  });

export type AdminTemplateDto = z.infer<typeof adminTemplate>;
export type NewTemplate = z.infer<typeof newTemplate>;
export type TemplateChange = z.infer<typeof templateChange>;
export type TemplateFilters = z.infer<typeof templateFilters>;
export type PreviewRequest = z.infer<typeof previewRequest>;
export type TemplatePreviewDto = z.infer<typeof templatePreview>;
