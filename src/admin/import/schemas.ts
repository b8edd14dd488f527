import { numberOfGrade } from "../../catalog/schemas.ts";
import { distinct, rowId, uuid } from "../../http/fields.ts";
import { z } from "../../http/zod.ts";
import { slug } from "../fields.ts";
import { toChecked } from "../questions/check-question.ts";
import { questionChange } from "../questions/schemas.ts";
import { skillChange } from "../skills/schemas.ts";
import { IMPORT_KINDS } from "./kinds.ts";

export const importKind = z.enum(IMPORT_KINDS).openapi({ description: "What it holds", example: "questions" });

/**
 * Rows without an id get the next ones after those that come with some, so that these leave enough: of skills below what
 * an integer holds, of questions below the ids of those made from templates.
 */
const importedId = rowId
  .max(900_000_000)
  .openapi({ description: "Of a row that is kept; a new row without one gets the next" });

/** A skill by its permacode, or by subject, grade and code: `math/5/A.1`. */
const skillName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .openapi({ description: "A permacode, or subject slug, grade number and code: `math/5/A.1`", example: "math/5/A.1" });

/** A skill as it is imported. Whether it is one that is there decides what must be given. */
export const importedSkill = skillChange
  .omit({ prerequisites: true })
  .extend({
    id: importedId.optional(),
    permacode: z
      .string()
      .trim()
      .regex(/^[A-Z0-9]{4,12}$/, "must be a permacode, such as MC96")
      .optional()
      .openapi({ description: "Names the skill for good; of a new skill it is made where it is left out" }),
    subject_slug: slug.optional(),
    grade_number: numberOfGrade.optional(),
    topic_slug: slug.nullable().optional(),
    prerequisites: distinct(z.union([rowId, skillName]), 50)
      .optional()
      .openapi({ description: "The skills to have practised before: ids, permacodes, or `math/5/A.1`" }),
  })
  .openapi("ImportedSkill", {
    description:
      "Found by its permacode, else by subject, grade and code. What is left out stays as it is; of a new skill it is " +
      "empty, of difficulty 1, and published.",
    example: {
      subject_slug: "math",
      grade_number: 5,
      topic_slug: "multiplication-and-division",
      code: "A.9",
      title: "Multiply by powers of ten",
      tags: ["multiplication"],
      difficulty: 2,
      standards: ["CCSS.MATH.CONTENT.5.NBT.A.2"],
      prerequisites: ["math/5/A.1"],
    },
  });

const ofSkill = { skill_id: rowId.optional(), skill: skillName.optional() };

/** A question as it is imported. */
export const importedQuestion = questionChange
  .extend({ id: importedId.optional(), ...ofSkill })
  .required({ type: true, prompt: true, correct_answer: true, level: true })
  .transform(({ generator_code: _, ...question }, context) => toChecked(question, context))
  .openapi("ImportedQuestion", {
    description:
      "Found by its id, else as the question of the skill with the same type, prompt and data: then its key, " +
      "explanation and level are brought up to date.",
    example: {
      skill: "math/5/A.9",
      type: "NUMERIC",
      prompt: "What is 37 × 100?",
      data: {},
      correct_answer: { value: 3700 },
      explanation: "Two zeros: 3,700.",
      level: 2,
    },
  });

/** A template as it is imported; what is in it is read, and where it is new run, row by row. */
export const importedTemplate = z
  .object({
    id: uuid.optional(),
    ...ofSkill,
    template: z.record(z.string(), z.unknown()).openapi({ description: "As `QuestionTemplate`" }),
  })
  .openapi("ImportedTemplate", {
    description:
      "Found by its id, else as the template of the skill with the same type, level, prompt and variables: then the " +
      "rest of it is brought up to date.",
    example: {
      skill: "math/5/A.9",
      template: {
        type: "NUMERIC",
        level: 2,
        variables: { a: { type: "integer", from: 12, to: 99 }, zeros: { type: "integer", from: 1, to: 3 } },
        prompt: "What is {{a}} × {{pow(10, zeros)}}?",
        explanation: "{{plural(zeros, 'One zero', 'More zeros')}}: {{answer}}.",
        answer: { value: "a * pow(10, zeros)" },
      },
    },
  });

export type ImportedSkill = z.output<typeof importedSkill>;
export type ImportedQuestion = z.output<typeof importedQuestion>;
export type ImportedTemplate = z.output<typeof importedTemplate>;
