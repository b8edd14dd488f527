import { eq } from "drizzle-orm";
import { classroomGroups } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import { WHOLE_LIST_LIMIT, wholeList } from "../../http/paging.ts";
import type { Services } from "../../services.ts";
import { requireTeacher, standingOf } from "../teaching.ts";
import { groupsQuery, noSuchGroup, toGroupDto } from "./group-rows.ts";
import type { GroupDto } from "./schemas.ts";

/** The groups of a class of the caller's, by title. One round trip. */
export async function listGroups({ db: { query } }: Services, principal: Principal, classroomId: string) {
  const [[row], groups] = await query.batch([
    standingOf(query, principal, classroomId),
    groupsQuery(query, principal, classroomId).limit(WHOLE_LIST_LIMIT + 1),
  ]);
  requireTeacher(row, { toChange: false });
  return wholeList(groups.map(toGroupDto));
}

/** One group of a class of the caller's; `not_found`. One round trip. */
export async function readGroup(
  { db: { query } }: Services,
  principal: Principal,
  { classroomId, groupId }: { readonly classroomId: string; readonly groupId: string },
): Promise<GroupDto> {
  const [[row], [group]] = await query.batch([
    standingOf(query, principal, classroomId),
    groupsQuery(query, principal, classroomId, eq(classroomGroups.id, groupId)),
  ]);
  requireTeacher(row, { toChange: false });
  if (!group) throw noSuchGroup();
  return toGroupDto(group);
}
