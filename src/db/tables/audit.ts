import { bigserial, index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt } from "../columns.ts";

export const AUDIT_ACTIONS = ["create", "update", "delete"] as const;

/**
 * Who changed what, row by row. Triggers write it in the transaction of the change, where that says who acts; see
 * `actingAs`. No foreign keys: it outlives what it tells of.
 */
export const auditLog = pgTable(
  "audit_log",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** The order of what happened in one moment. */
    seq: bigserial({ mode: "number" }).notNull().unique(),
    at: createdAt(),
    actorId: uuid().notNull(),
    requestId: text().notNull(),
    action: text({ enum: AUDIT_ACTIONS }).notNull(),
    /** The table. */
    entity: text().notNull(),
    entityId: text().notNull(),
    /** The row, without secrets; null before it was made. */
    before: jsonb().$type<Record<string, unknown>>(),
    /** The row, without secrets; null once it is deleted. */
    after: jsonb().$type<Record<string, unknown>>(),
  },
  (table) => [
    index("audit_log_entity_idx").on(table.entity, table.entityId, table.seq),
    index("audit_log_actor_idx").on(table.actorId, table.seq),
  ],
);
