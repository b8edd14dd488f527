import { exists, type SQL, sql } from "drizzle-orm";
import { openClassOf } from "../classrooms/student-in-sight.ts";
import type { Database } from "../db/client.ts";
import type { Principal } from "../http/access-token.ts";
import { ApiError } from "../http/errors.ts";

/** Whether the caller may award a row of users a certificate and take it back: a teacher of theirs, or an ADMIN. */
export function mayAward(query: Database["query"], { userId, role }: Principal): SQL {
  if (role === "ADMIN") return sql`true`;
  if (role !== "TEACHER") return sql`false`;
  return exists(openClassOf(query, userId));
}

/** What to answer where no such row is there: only an ADMIN learns that there is no such student. */
export const noStudentOf = ({ role }: Principal): ApiError =>
  role === "ADMIN"
    ? new ApiError("not_found", "There is no such student.")
    : new ApiError("forbidden", "This is open to the student's teachers and an ADMIN.");
