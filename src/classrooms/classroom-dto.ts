import type { classrooms } from "../db/tables.ts";
import type { ClassroomDto } from "./schemas.ts";

type Row = Pick<typeof classrooms.$inferSelect, "id" | "title" | "gradeId" | "joinCode" | "timeZone">;

/** A class as its teachers see it in a list. */
export const toClassroomDto = ({ id, title, gradeId, joinCode, timeZone }: Row): ClassroomDto => ({
  id,
  title,
  grade_id: gradeId,
  join_code: joinCode,
  time_zone: timeZone,
});
