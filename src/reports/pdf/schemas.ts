import { z } from "../../http/zod.ts";

const ENDING = ".pdf";

const UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

/** The last part of a document's path: the id of what it is of, with the ending. */
export const pdfFile = z.object({
  file: z
    .string()
    .regex(new RegExp(`^${UUID}\\.pdf$`), "must be a UUID and .pdf")
    .transform((file) => file.slice(0, -ENDING.length).toLowerCase())
    .openapi({
      param: { name: "file", in: "path" },
      type: "string",
      pattern: `^${UUID}\\.pdf$`,
      description: "The id, and `.pdf`",
      example: "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001.pdf",
    }),
});
