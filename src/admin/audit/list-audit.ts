import { and, desc, eq, gte, lt } from "drizzle-orm";
import { auditLog, users } from "../../db/tables.ts";
import { offsetOf } from "../../http/paging.ts";
import type { Services } from "../../services.ts";
import { countOf, type Page, toPage } from "../rows.ts";
import type { AuditEntryDto, AuditFilters } from "./schemas.ts";

/** A page of what was changed, the newest first. */
export async function listAudit({ db: { query } }: Services, filters: AuditFilters): Promise<Page<AuditEntryDto>> {
  const condition = matches(filters);
  const [rows, counted] = await query.batch([
    query
      .select({ entry: auditLog, actorName: users.fullName })
      .from(auditLog)
      .leftJoin(users, eq(users.id, auditLog.actorId))
      .where(condition)
      .orderBy(desc(auditLog.seq))
      .limit(filters.page_size)
      .offset(offsetOf(filters)),
    countOf(query, auditLog, condition),
  ]);
  return toPage(rows.map(toAuditEntry), counted);
}

function matches({ entity, entity_id, actor_id, action, request_id, from, to }: AuditFilters) {
  return and(
    entity === undefined ? undefined : eq(auditLog.entity, entity),
    entity_id === undefined ? undefined : eq(auditLog.entityId, entity_id),
    actor_id === undefined ? undefined : eq(auditLog.actorId, actor_id),
    action === undefined ? undefined : eq(auditLog.action, action),
    request_id === undefined ? undefined : eq(auditLog.requestId, request_id),
    from === undefined ? undefined : gte(auditLog.at, from),
    to === undefined ? undefined : lt(auditLog.at, to),
  );
}

type Row = { readonly entry: typeof auditLog.$inferSelect; readonly actorName: string | null };

const toAuditEntry = ({ entry, actorName }: Row): AuditEntryDto => ({
  id: entry.id,
  at: entry.at.toISOString(),
  actor_id: entry.actorId,
  actor_name: actorName,
  action: entry.action,
  entity: entry.entity,
  entity_id: entry.entityId,
  before: withTimes(entry.before),
  after: withTimes(entry.after),
  request_id: entry.requestId,
});

type LoggedRow = (typeof auditLog.$inferSelect)["after"];

/** A row that the database wrote down, with its times as the API has them. */
const withTimes = (row: LoggedRow): LoggedRow =>
  row &&
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, name.endsWith("_at") ? inUtc(value) : value]));

const inUtc = (time: unknown) => (typeof time === "string" ? new Date(time).toISOString() : time);
