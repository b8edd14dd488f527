import { EXAMPLE_STUDENT_ID } from "../../classrooms/schemas.ts";
import { uuidParam } from "../../http/fields.ts";
import { z } from "../../http/zod.ts";

/** What a document is of, which stands in its path before `.pdf`. */
const documentOf = (what: string, example: string) => z.object({ id: uuidParam("id", what, example) });

export const sessionParams = documentOf("practice session", "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001");
export const assignmentParams = documentOf("assignment", "0190a0de-0000-7000-8000-000000000201");
export const studentParams = documentOf("student", EXAMPLE_STUDENT_ID);
