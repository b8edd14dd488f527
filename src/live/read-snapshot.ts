import { notYourClassroom, requireTeacher, standingOf } from "../classrooms/teaching.ts";
import type { Principal } from "../http/access-token.ts";
import { ApiError, serviceUnavailable } from "../http/errors.ts";
import { timed } from "../http/server-timing.ts";
import type { Services } from "../services.ts";
import type { LiveClassroom } from "./live-classroom.ts";
import type { LiveSnapshot } from "./schemas.ts";

/**
 * The live view of a class at this moment, for its teachers. `forbidden` where the class is archived: what its students
 * are at now is no more its teachers' to see.
 */
export async function readSnapshot(
  services: Services,
  principal: Principal,
  classroomId: string,
): Promise<LiveSnapshot> {
  const [row] = await standingOf(services.db.query, principal, classroomId);
  if (requireTeacher(row, { toChange: false }).archivedAt) throw archivedClassroomIsNotLive();
  const snapshot = await timed("object", () => objectOf(services, classroomId).snapshot(classroomId));
  if (snapshot === "unavailable") throw serviceUnavailable("The live view does not answer.");
  // It was closed in this moment.
  if (snapshot === "closed") throw notYourClassroom();
  return snapshot;
}

/** The stub's own types make promises of the parts of what is plain data. */
const objectOf = ({ classrooms }: Services, classroomId: string) =>
  classrooms.getByName(classroomId) as unknown as Pick<LiveClassroom, "snapshot">;

const archivedClassroomIsNotLive = () =>
  new ApiError("forbidden", "This classroom is archived: what its students do now is not shown.");
