import { eq } from "drizzle-orm";
import { endSignIns } from "../../auth/end-sign-ins.ts";
import type { UserDto } from "../../auth/schemas.ts";
import { toUserDto } from "../../auth/user-dto.ts";
import { classesOf, endRelationsBut } from "../../classrooms/end-relations.ts";
import { actingAs } from "../../db/acting-as.ts";
import { users } from "../../db/tables.ts";
import { classroomChanged } from "../../live/classroom-changed.ts";
import { profileChanged } from "../../practice/profile-changed.ts";
import { conflict } from "../faults.ts";
import { isNothing } from "../rows.ts";
import type { Work } from "../work.ts";
import { readUser } from "./read-user.ts";
import type { UserChange } from "./schemas.ts";

/**
 * Changes what is named of an account and tells its practice and its classes; gives nothing where there is none.
 * Deactivating ends all its sign-ins; another role ends what it was to others in the one before. `conflict` where an admin would take away their own access: another one is to do that.
 */
export async function changeUser(work: Work, id: string, change: UserChange): Promise<UserDto | undefined> {
  const { services, actor } = work;
  const { query } = services.db;
  const { role, is_active: isActive, plan } = change;
  if (isNothing(change)) return readUser(services, id);
  const locksOut = isActive === false || (role !== undefined && role !== "ADMIN");
  if (id === actor.userId && locksOut) throw conflict("This would lock you out. Ask another admin to do it.");

  const update = query.update(users).set({ role, isActive, plan }).where(eq(users.id, id)).returning();
  const [, classes, [user]] = await query.batch([
    actingAs(query, actor),
    classesOf(query, id),
    update,
    ...(isActive === false ? [endSignIns(query, id)] : []),
    ...(role === undefined ? [] : endRelationsBut(query, id, role)),
  ]);
  if (!user) return undefined;
  if (role !== undefined || isActive !== undefined) for (const { id } of classes) classroomChanged(services, id);
  await profileChanged(services, id);
  return toUserDto(user);
}
