import { and, desc, eq } from "drizzle-orm";
import type { UserDto } from "../../auth/schemas.ts";
import { toUserDto } from "../../auth/user-dto.ts";
import { users } from "../../db/tables.ts";
import { offsetOf } from "../../http/paging.ts";
import type { Services } from "../../services.ts";
import { contains, countOf, type Page, toPage } from "../rows.ts";
import type { UserFilters } from "./schemas.ts";

/** A page of the accounts that match, the newest first. */
export async function listUsers({ db: { query } }: Services, filters: UserFilters): Promise<Page<UserDto>> {
  const { role, is_active, search } = filters;
  const condition = and(
    role === undefined ? undefined : eq(users.role, role),
    is_active === undefined ? undefined : eq(users.isActive, is_active),
    contains(search, users.fullName, users.email, users.username),
  );
  const [rows, counted] = await query.batch([
    query
      .select()
      .from(users)
      .where(condition)
      .orderBy(desc(users.createdAt), desc(users.id))
      .limit(filters.page_size)
      .offset(offsetOf(filters)),
    countOf(query, users, condition),
  ]);
  return toPage(rows.map(toUserDto), counted);
}
