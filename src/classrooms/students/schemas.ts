import { email, emailOrNull, gradeLevelOrNull } from "../../auth/schemas.ts";
import { dataOf } from "../../http/envelope.ts";
import { uuidParam } from "../../http/fields.ts";
import { wholeListOf } from "../../http/paging.ts";
import { z } from "../../http/zod.ts";
import { classroomId, EXAMPLE_STUDENT_ID, joinedClassroom, typedCode, userId } from "../schemas.ts";

export const enrolment = z
  .object({
    student_id: userId.optional(),
    email: email.optional().openapi({ description: "In place of `student_id`" }),
  })
  .refine(({ student_id, email }) => (student_id === undefined) !== (email === undefined), {
    path: ["student_id"],
    message: "send either student_id or email",
  })
  .openapi("Enrolment", { example: { student_id: EXAMPLE_STUDENT_ID } });

export const joining = z.object({ join_code: typedCode }).openapi("Joining", { example: { join_code: "bcdf ghjk" } });

export const classroomStudentParams = z.object({
  id: classroomId,
  student_id: uuidParam("student_id", "student", EXAMPLE_STUDENT_ID),
});

const classroomStudent = z
  .object({
    student_id: z.uuid(),
    full_name: z.string(),
    email: emailOrNull,
    username: z.string().nullable().openapi({ description: "Null of who signs in by e-mail" }),
    grade_level: gradeLevelOrNull,
    is_active: z.boolean().openapi({ description: "False: may not sign in" }),
    enrolled_at: z.iso.datetime(),
  })
  .openapi("ClassroomStudent", {
    example: {
      student_id: EXAMPLE_STUDENT_ID,
      full_name: "Sam Student",
      email: "student@example.com",
      username: null,
      grade_level: 5,
      is_active: true,
      enrolled_at: "2026-09-01T08:00:00.000Z",
    },
  });

export const joinedReply = dataOf(joinedClassroom);
export const joinedListReply = wholeListOf(joinedClassroom);
export const studentsReply = wholeListOf(classroomStudent);

export type Enrolment = z.output<typeof enrolment>;
export type ClassroomStudentDto = z.output<typeof classroomStudent>;
