import { z } from "../../http/zod.ts";
import { positionOfFault, valuesOfFault } from "../fields.ts";
import { IMPORT_KINDS } from "./kinds.ts";

const count = z.int().min(0);

const counts = {
  skills_created: count,
  skills_updated: count,
  skills_unchanged: count,
  questions_created: count,
  questions_updated: count,
  questions_unchanged: count,
  templates_created: count,
  templates_updated: count,
  templates_unchanged: count,
};

const kind = z.enum(IMPORT_KINDS);
const row = z.int().min(0).openapi({ description: "Counted from 1; the header of a CSV is row 0" });

const importFault = z.object({
  kind,
  row,
  field: z.string().openapi({ description: "The column, or the path within the row" }),
  path: z.string().openapi({ description: "The path within the whole" }),
  message: z.string(),
  position: positionOfFault.optional(),
  values: valuesOfFault.optional(),
});

const asText = z.string().nullable().openapi({ description: "As text; null is none" });

const change = z.object({
  kind,
  row,
  action: z.enum(["create", "update"]),
  id: z.union([z.int(), z.string()]).nullable().openapi({ description: "Null of what is made" }),
  fields: z.array(z.object({ field: z.string(), from: asText, to: asText })).openapi({
    description: "What an update changes",
  }),
});

/** What an import did; of a dry run also every change and every fault. */
export const importReport = z
  .object({
    dry_run: z.boolean().openapi({ description: "True: this is what would happen" }),
    ...counts,
    changes: z
      .array(change)
      .readonly()
      .optional()
      .openapi({ description: "Of a dry run: what would change, row by row" }),
    faults: z
      .array(importFault)
      .readonly()
      .optional()
      .openapi({ description: "Of a dry run: what keeps it from being imported. Without one it can be" }),
  })
  .openapi("ImportReport", {
    example: {
      dry_run: true,
      skills_created: 0,
      skills_updated: 0,
      skills_unchanged: 0,
      questions_created: 1,
      questions_updated: 1,
      questions_unchanged: 4998,
      templates_created: 0,
      templates_updated: 0,
      templates_unchanged: 0,
      changes: [
        { kind: "questions", row: 17, action: "create", id: null, fields: [] },
        {
          kind: "questions",
          row: 18,
          action: "update",
          id: 1,
          fields: [{ field: "level", from: "2", to: "3" }],
        },
      ],
      faults: [],
    },
  });
