import { catalogId, distinct, flag, line, rowId } from "../../http/fields.ts";
import { z } from "../../http/zod.ts";
import { level, listQuery, prose, webAddress } from "../fields.ts";

const standard = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[\x21-\x7e]+( [\x21-\x7e]+)*$/, "must be one standard's own notation, such as CCSS.MATH.CONTENT.5.NBT.B.5");

const fields = {
  subject_id: rowId,
  grade_id: rowId.openapi({ description: "A grade's id, not its number" }),
  topic_id: rowId.nullable().openapi({ description: "Null is no topic" }),
  code: line(40).openapi({ description: "Its place within subject and grade, as teachers know it" }),
  title: line(200),
  description: prose(4_000),
  tags: distinct(line(60), 30),
  difficulty: level.openapi({ description: "Within its grade, the easiest is 1" }),
  example_url: webAddress.nullable().openapi({ description: "A page with an example; null is none" }),
  video_url: webAddress.nullable().openapi({ description: "A video that explains it; null is none" }),
  is_published: z.boolean().openapi({ description: "False: only admins see it" }),
  standards: distinct(standard, 30).openapi({
    description: "The standards it is aligned with, each in its own notation",
  }),
  prerequisites: distinct(rowId, 50).openapi({ description: "The ids of the skills to have practised before" }),
};

export const skillChange = z
  .object(fields)
  .partial()
  .openapi("SkillChange", { example: { difficulty: 3 } });

/** What is left out is empty, of difficulty 1, and published. */
export const newSkill = skillChange
  .required({ subject_id: true, grade_id: true, code: true, title: true })
  .openapi("NewSkill", {
    example: {
      subject_id: 1,
      grade_id: 7,
      topic_id: 1,
      code: "A.9",
      title: "Multiply by powers of ten",
      description: "Multiply whole numbers by 10, 100 and 1,000.",
      tags: ["multiplication"],
      difficulty: 2,
      example_url: null,
      video_url: null,
      is_published: true,
      standards: ["CCSS.MATH.CONTENT.5.NBT.A.2"],
      prerequisites: [1],
    },
  });

/** What old clients change. */
export const skillRename = skillChange
  .pick({ grade_id: true, topic_id: true, code: true, title: true })
  .openapi("SkillRename", { example: { code: "A.1", title: "Multiply whole numbers" } });

export const skillFilters = z.object({
  subject_id: catalogId.optional().openapi({ description: "Of this subject" }),
  grade_id: catalogId.optional().openapi({ description: "Of this grade", example: 7 }),
  topic_id: catalogId.optional().openapi({ description: "Of this topic" }),
  is_published: flag.optional().openapi({ description: "Only those that are, or are not" }),
  ...listQuery("a code, title or permacode"),
});

export type SkillChange = z.infer<typeof skillChange>;
export type NewSkill = z.infer<typeof newSkill>;
export type SkillFilters = z.infer<typeof skillFilters>;
