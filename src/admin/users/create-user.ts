import { eq } from "drizzle-orm";
import type { UserDto } from "../../auth/schemas.ts";
import { toUserDto } from "../../auth/user-dto.ts";
import { actingAs } from "../../db/acting-as.ts";
import { users } from "../../db/tables.ts";
import { conflict } from "../faults.ts";
import type { Work } from "../work.ts";
import type { NewUser } from "./schemas.ts";

/**
 * Makes an account of any role, or finds the one that the same request made before; `conflict` where the e-mail address
 * is taken, in whatever case.
 */
export async function createUser({ services, actor }: Work, id: string, body: NewUser): Promise<UserDto> {
  const { query } = services.db;
  const passwordHash = await services.passwords.hash(body.password);
  const [, , [user]] = await query.batch([
    actingAs(query, actor),
    query
      .insert(users)
      .values({
        id,
        email: body.email,
        passwordHash,
        fullName: body.full_name,
        role: body.role,
        gradeLevel: body.grade_level,
        school: body.school,
        plan: body.plan,
      })
      .onConflictDoNothing(),
    query.select().from(users).where(eq(users.id, id)),
  ]);
  if (!user) throw conflict("There is an account with this e-mail already.");
  return toUserDto(user);
}
