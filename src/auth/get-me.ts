import { and, eq } from "drizzle-orm";
import { users } from "../db/tables/users.ts";
import type { Services } from "../services.ts";
import { accountGone } from "./faults.ts";
import type { UserDto } from "./schemas.ts";
import { toUserDto } from "./user-dto.ts";

/** The caller's own account; `unauthorized` where it is gone or deactivated since the token was issued. */
export async function getMe({ services, userId }: { services: Services; userId: string }): Promise<UserDto> {
  const [user] = await services.db.query
    .select()
    .from(users)
    .where(and(eq(users.id, userId), users.isActive));
  if (!user) throw accountGone();
  return toUserDto(user);
}
