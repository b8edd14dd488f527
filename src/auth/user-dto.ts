import type { users } from "../db/tables/users.ts";
import type { UserDto } from "./schemas.ts";

export type UserRow = typeof users.$inferSelect;

/** A user as clients see one. Students always have a profile, others where something of it is set. */
export function toUserDto(user: UserRow): UserDto {
  const hasProfile = user.role === "STUDENT" || user.gradeLevel !== null || user.school !== null;
  return {
    id: user.id,
    email: user.email,
    username: user.username,
    full_name: user.fullName,
    role: user.role,
    is_active: user.isActive,
    time_zone: user.timeZone,
    profile: hasProfile ? { grade_level: user.gradeLevel, school: user.school } : null,
    subscription: { plan: user.plan, is_active: true },
  };
}
