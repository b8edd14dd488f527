import { dataOf } from "../../http/envelope.ts";
import { distinct, line, uuidParam } from "../../http/fields.ts";
import { wholeListOf } from "../../http/paging.ts";
import { z } from "../../http/zod.ts";
import { STUDENTS_A_CLASSROOM } from "../bounds.ts";
import { classroomId, EXAMPLE_STUDENT_ID, userId } from "../schemas.ts";

const EXAMPLE_GROUP_ID = "0190a0de-0000-7000-8000-000000000401";

const title = line(120).openapi({ example: "Multiplication again" });

const studentIds = distinct(userId, STUDENTS_A_CLASSROOM).openapi({
  description: "Students of the class",
  example: [EXAMPLE_STUDENT_ID],
});

export const newGroup = z
  .object({ title, student_ids: studentIds.default([]) })
  .openapi("NewGroup", { example: { title: "Multiplication again", student_ids: [EXAMPLE_STUDENT_ID] } });

export const groupChange = z
  .object({ title, student_ids: studentIds })
  .partial()
  .openapi("GroupChange", { example: { title: "Division again" } });

export const groupParams = z.object({
  id: classroomId,
  group_id: uuidParam("group_id", "group", EXAMPLE_GROUP_ID),
});

const group = z.object({ id: z.uuid(), title: z.string(), student_ids: z.array(z.uuid()) }).openapi("Group", {
  example: { id: EXAMPLE_GROUP_ID, title: "Multiplication again", student_ids: [EXAMPLE_STUDENT_ID] },
});

export const groupReply = dataOf(group);
export const groupsReply = wholeListOf(group);

export type NewGroup = z.output<typeof newGroup>;
export type GroupChange = z.output<typeof groupChange>;
export type GroupDto = z.output<typeof group>;
