import { noSuchSkill } from "../../catalog/faults.ts";
import { EXAMPLE_CLASSROOM_ID } from "../../classrooms/schemas.ts";
import { z } from "../../http/zod.ts";
import type { ClassHeadRow } from "./class-report.ts";

/** What each report of a class says of it. */
export const classMembers = {
  classroom_id: z.uuid(),
  title: z.string().openapi({ description: "The class's" }),
  student_count: z.int().min(0).openapi({ description: "Students in the class, whether they practise or not" }),
};

export const exampleClass = { classroom_id: EXAMPLE_CLASSROOM_ID, title: "Demo Grade 5", student_count: 24 };

export const classOf = ({ id, title, student_count }: ClassHeadRow) => ({ classroom_id: id, title, student_count });

/** The one row of a part; throws `not_found` where there is no such skill. */
export function requireSkill<Row>([skill]: readonly Row[]): Row {
  if (!skill) throw noSuchSkill();
  return skill;
}
