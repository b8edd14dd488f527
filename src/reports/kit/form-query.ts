import { z } from "../../http/zod.ts";

/** How a report is to come, as its query says it; `tables` are what it has as CSV. */
export function formQuery(tables: readonly string[]) {
  return {
    format: z
      .enum(["json", "csv"])
      .optional()
      .openapi({ description: "What to answer; else the Accept header says it", example: "json" }),
    table: z
      .enum(tables)
      .optional()
      .openapi({ description: "Which of the report's tables a CSV holds; the first where none is named" }),
  };
}
