import { email } from "../../auth/schemas.ts";
import { dataOf } from "../../http/envelope.ts";
import { uuidParam } from "../../http/fields.ts";
import { z } from "../../http/zod.ts";
import { classroomId, classroomTeacher } from "../schemas.ts";

export const newTeacher = z.object({ email }).openapi("NewTeacher", { example: { email: "tom@example.com" } });

export const teacherParams = z.object({
  id: classroomId,
  user_id: uuidParam("user_id", "co-teacher", "0190a0de-0000-7000-8000-000000000004"),
});

export const teacherReply = dataOf(classroomTeacher);
