import { eq } from "drizzle-orm";
import type { UserDto } from "../../auth/schemas.ts";
import { toUserDto } from "../../auth/user-dto.ts";
import { users } from "../../db/tables.ts";
import type { Services } from "../../services.ts";

/** The account, active or not, if there is one. */
export async function readUser({ db: { query } }: Services, id: string): Promise<UserDto | undefined> {
  const [user] = await query.select().from(users).where(eq(users.id, id));
  return user && toUserDto(user);
}
