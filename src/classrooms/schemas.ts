import { emailOrNull, timeZone } from "../auth/schemas.ts";
import { dataOf } from "../http/envelope.ts";
import { flag, line, rowId, uuid, uuidParam } from "../http/fields.ts";
import { wholeListOf } from "../http/paging.ts";
import { z } from "../http/zod.ts";

export const EXAMPLE_CLASSROOM_ID = "0190a0de-0000-7000-8000-000000000101";
export const EXAMPLE_STUDENT_ID = "0190a0de-0000-7000-8000-000000000003";

const title = line(120).openapi({ example: "Grade 5, room 12" });

const classroomZone = timeZone.openapi({
  description: "The days of its students who have set no time zone of their own. IANA name.",
  example: "America/New_York",
});

export const newClassroom = z
  .object({
    title,
    grade_id: rowId.openapi({ description: "A grade's id, not its number" }),
    time_zone: classroomZone.optional(),
  })
  .openapi("NewClassroom", { example: { title: "Grade 5, room 12", grade_id: 7, time_zone: "America/New_York" } });

export const classroomChange = z
  .object({
    title,
    time_zone: classroomZone,
    archived: z.boolean().openapi({ description: "Its owner's to say. False takes it out of the archive again." }),
  })
  .partial()
  .openapi("ClassroomChange", { example: { title: "Grade 5, room 14" } });

export const classroomsQuery = z.object({
  archived: flag.optional().openapi({ description: "The archived ones in place of the open ones", example: false }),
});

/** The parameter of every path below one class. */
export const classroomId = uuidParam("id", "classroom", EXAMPLE_CLASSROOM_ID);
export const classroomParams = z.object({ id: classroomId });

const classroomFields = {
  id: z.uuid(),
  title: z.string(),
  grade_id: z.int(),
  join_code: z.string().nullable().openapi({ description: "What students type to join; null where it was taken back" }),
  time_zone: z
    .string()
    .nullable()
    .openapi({ description: "IANA name, for students who have chosen none; null is UTC" }),
};

const exampleClassroom = {
  id: EXAMPLE_CLASSROOM_ID,
  title: "Demo Grade 5",
  grade_id: 7,
  join_code: "BCDFGHJK",
  time_zone: null,
};

export const classroom = z.object(classroomFields).openapi("Classroom", { example: exampleClassroom });

const teacherFields = {
  user_id: z.uuid(),
  full_name: z.string(),
  email: emailOrNull,
  is_owner: z.boolean().openapi({ description: "Who made the class: they alone archive it and add teachers" }),
};

const exampleTeacher = {
  user_id: "0190a0de-0000-7000-8000-000000000002",
  full_name: "Tess Teacher",
  email: "teacher@example.com",
  is_owner: true,
};

export const classroomTeacher = z.object(teacherFields).openapi("ClassroomTeacher", {
  example: {
    user_id: "0190a0de-0000-7000-8000-000000000004",
    full_name: "Tom Turner",
    email: "tom@example.com",
    is_owner: false,
  },
});

const classroomDetails = z
  .object({
    ...classroomFields,
    archived_at: z.iso.datetime().nullable().openapi({ description: "Null while it is open" }),
    student_count: z.int(),
    teachers: z.array(classroomTeacher).openapi({ description: "Its owner first" }),
  })
  .openapi("ClassroomDetails", {
    example: { ...exampleClassroom, archived_at: null, student_count: 1, teachers: [exampleTeacher] },
  });

/** A class as its students see it. */
export const joinedClassroom = z
  .object({ id: z.uuid(), title: z.string(), grade_id: z.int() })
  .openapi("JoinedClassroom", { example: { id: EXAMPLE_CLASSROOM_ID, title: "Demo Grade 5", grade_id: 7 } });

export const joinCode = z
  .object({ join_code: z.string().openapi({ description: "What students type to join" }) })
  .openapi("JoinCode", { example: { join_code: "BCDFGHJK" } });

/** A code as somebody typed it. */
export const typedCode = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .openapi({ description: "Case, spaces and hyphens do not matter" });

/** The id of a user, in a body. */
export const userId = uuid.openapi({ example: EXAMPLE_STUDENT_ID });

export const classroomReply = dataOf(classroom);
export const classroomDetailsReply = dataOf(classroomDetails);
export const classroomsReply = wholeListOf(classroom);

export type NewClassroom = z.output<typeof newClassroom>;
export type ClassroomChange = z.output<typeof classroomChange>;
export type ClassroomDto = z.output<typeof classroom>;
export type ClassroomDetailsDto = z.output<typeof classroomDetails>;
export type JoinedClassroomDto = z.output<typeof joinedClassroom>;
