import { and, desc, eq, sql } from "drizzle-orm";
import type { UserDto } from "../../auth/schemas.ts";
import { toUserDto } from "../../auth/user-dto.ts";
import { users } from "../../db/tables.ts";
import { offsetOf } from "../../http/paging.ts";
import type { Services } from "../../services.ts";
import { contains, type Page } from "../rows.ts";
import type { UserFilters } from "./schemas.ts";

/** A page of the accounts that match, the newest first. */
export async function listUsers({ db: { query } }: Services, filters: UserFilters): Promise<Page<UserDto>> {
  const { role, is_active, search } = filters;
  const condition = and(
    role === undefined ? undefined : eq(users.role, role),
    is_active === undefined ? undefined : eq(users.isActive, is_active),
    contains(search, users.fullName, users.email, users.username),
  );
  const [rows, [count]] = await query.batch([
    query
      .select()
      .from(users)
      .where(condition)
      .orderBy(desc(users.createdAt), desc(users.id))
      .limit(filters.page_size)
      .offset(offsetOf(filters)),
    query.select({ total: sql<number>`count(*)::int` }).from(users).where(condition),
  ]);
  return { data: rows.map(toUserDto), total: count?.total ?? 0 };
}
