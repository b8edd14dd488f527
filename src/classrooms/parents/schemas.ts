import { emailOrNull, gradeLevelOrNull } from "../../auth/schemas.ts";
import { dataOf } from "../../http/envelope.ts";
import { uuidParam } from "../../http/fields.ts";
import { wholeListOf } from "../../http/paging.ts";
import { z } from "../../http/zod.ts";
import { classroomId, EXAMPLE_STUDENT_ID, typedCode } from "../schemas.ts";

const EXAMPLE_PARENT_ID = "0190a0de-0000-7000-8000-000000000005";

const parentCode = z
  .object({
    code: z.string().openapi({ description: "For one parent, once: it is shown now and never again" }),
    expires_at: z.iso.datetime().openapi({ description: "The code is good until then" }),
  })
  .openapi("ParentCode", { example: { code: "BCDFGHJKMNPQ", expires_at: "2026-12-06T08:00:00.000Z" } });

export const linking = z
  .object({ code: typedCode.openapi({ description: "From the child's teacher" }) })
  .openapi("Linking", { example: { code: "bcdf-ghjk-mnpq" } });

export const childParams = z.object({ student_id: uuidParam("student_id", "child", EXAMPLE_STUDENT_ID) });

const child = z
  .object({
    student_id: z.uuid(),
    full_name: z.string(),
    grade_level: gradeLevelOrNull,
    school: z.string().nullable().openapi({ description: "Null where nobody has said" }),
    linked_at: z.iso.datetime(),
  })
  .openapi("Child", {
    example: {
      student_id: EXAMPLE_STUDENT_ID,
      full_name: "Sam Student",
      grade_level: 5,
      school: null,
      linked_at: "2026-11-22T08:00:00.000Z",
    },
  });

export const parentParams = z.object({
  id: classroomId,
  student_id: uuidParam("student_id", "student", EXAMPLE_STUDENT_ID),
  parent_id: uuidParam("parent_id", "parent", EXAMPLE_PARENT_ID),
});

/** A student's parent as the student's teachers see one. */
const parent = z
  .object({ parent_id: z.uuid(), full_name: z.string(), email: emailOrNull, linked_at: z.iso.datetime() })
  .openapi("StudentParent", {
    example: {
      parent_id: EXAMPLE_PARENT_ID,
      full_name: "Pat Parent",
      email: "pat@example.com",
      linked_at: "2026-11-22T08:00:00.000Z",
    },
  });

export const parentCodeReply = dataOf(parentCode);
export const childReply = dataOf(child);
export const childrenReply = wholeListOf(child);
export const parentsReply = wholeListOf(parent);

export type ParentCodeDto = z.output<typeof parentCode>;
export type ChildDto = z.output<typeof child>;
export type ParentDto = z.output<typeof parent>;
