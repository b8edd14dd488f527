import { z } from "zod";

/** What API.md promises of classes, written from it and from nothing in src; see shapes.ts. */

const uuid = z.uuid();
const time = z.iso.datetime().regex(/Z$/);

export const classroomShape = z.strictObject({
  id: uuid,
  title: z.string(),
  grade_id: z.int().positive(),
  join_code: z
    .string()
    .regex(/^[A-Z]+$/)
    .nullable(),
  time_zone: z.string().nullable(),
});

export const joinCodeShape = z.strictObject({ join_code: z.string() });

export const joinedClassroomShape = z.strictObject({ id: uuid, title: z.string(), grade_id: z.int().positive() });

export const groupShape = z.strictObject({ id: uuid, title: z.string(), student_ids: z.array(uuid) });

export const parentCodeShape = z.strictObject({ code: z.string().regex(/^[A-Z]+$/), expires_at: time });

export const childShape = z.strictObject({
  student_id: uuid,
  full_name: z.string(),
  grade_level: z.int().nullable(),
  school: z.string().nullable(),
  linked_at: time,
});
