import { z } from "../http/zod.ts";

export const PAPERS = ["letter", "a4"] as const;

export type Paper = (typeof PAPERS)[number];

/** In points, 72 to an inch, upright. */
const SIZES: Readonly<Record<Paper, Size>> = {
  letter: { width: 612, height: 792 },
  a4: { width: 595.28, height: 841.89 },
};

export type Size = { readonly width: number; readonly height: number };

export const sizeOf = (paper: Paper): Size => SIZES[paper];

/** The same paper, lying. */
export const landscape = ({ width, height }: Size): Size => ({ width: height, height: width });

/** How a document is to be printed. */
export type Printing = {
  readonly paper: Paper;
  /** The time that the file says it was made: one that comes from its data, as the time of the newest change. */
  readonly at: Date;
};

/** The query parameter of every PDF. */
export const paperQuery = z.object({
  paper: z.enum(PAPERS).default("letter").openapi({ description: "The size of its pages", example: "a4" }),
});
