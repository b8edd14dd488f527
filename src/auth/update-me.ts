import { and, eq } from "drizzle-orm";
import { users } from "../db/tables/users.ts";
import type { Principal } from "../http/access-token.ts";
import { badFields } from "../http/errors.ts";
import { profileChanged } from "../practice/profile-changed.ts";
import type { Services } from "../services.ts";
import { accountGone } from "./faults.ts";
import { getMe } from "./get-me.ts";
import type { UserDto } from "./schemas.ts";
import { toUserDto } from "./user-dto.ts";

/** What changes; what is left out stays as it is, null takes it away. */
export type ProfileChange = {
  readonly fullName?: string | undefined;
  readonly school?: string | null | undefined;
  readonly gradeLevel?: number | null | undefined;
  readonly timeZone?: string | null | undefined;
};

type UpdateMe = { readonly services: Services; readonly principal: Principal; readonly change: ProfileChange };

/** Changes the caller's own account. Their practice is told of another grade or time zone. */
export async function updateMe({ services, principal: { userId, role }, change }: UpdateMe): Promise<UserDto> {
  if (role !== "STUDENT" && (change.gradeLevel ?? null) !== null) {
    throw badFields([{ path: "grade_level", message: "is for a STUDENT only" }]);
  }
  if (Object.values(change).every((value) => value === undefined)) return getMe({ services, userId });
  const [user] = await services.db.query
    .update(users)
    .set(change)
    .where(and(eq(users.id, userId), users.isActive))
    .returning();
  if (!user) throw accountGone();
  const concernsPractice = change.gradeLevel !== undefined || change.timeZone !== undefined;
  if (concernsPractice) await profileChanged(services, userId);
  return toUserDto(user);
}
