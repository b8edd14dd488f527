import { AUDIT_ACTIONS } from "../../db/tables.ts";
import { moment } from "../../http/fields.ts";
import { pageQuery } from "../../http/paging.ts";
import { z } from "../../http/zod.ts";

const row = z.record(z.string(), z.unknown()).nullable();

export const auditEntry = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    actor_id: z.uuid().openapi({ description: "Who did it" }),
    actor_name: z.string().nullable().openapi({ description: "Null where the account is gone" }),
    action: z.enum(AUDIT_ACTIONS),
    entity: z.string().openapi({ description: "The table" }),
    entity_id: z.string().openapi({ description: "The row's id, as text" }),
    before: row.openapi({ description: "The row, without secrets; null where it was made" }),
    after: row.openapi({ description: "The row, without secrets; null where it was deleted" }),
    request_id: z.string().openapi({ description: "The `X-Request-Id` of the request that did it" }),
  })
  .openapi("AuditEntry", {
    example: {
      id: "0d1f3b52-8f0e-4f6e-9b1a-6a0f5d0c7e11",
      at: "2026-11-22T08:00:00.000Z",
      actor_id: "0190a0de-0000-7000-8000-000000000001",
      actor_name: "Ada Admin",
      action: "update",
      entity: "subjects",
      entity_id: "1",
      before: { id: 1, slug: "math", title: "Math" },
      after: { id: 1, slug: "math", title: "Mathematics" },
      request_id: "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001",
    },
  });

const word = z.string().trim().min(1).max(255);

export const auditFilters = z.object({
  entity: word.optional().openapi({ description: "Of this table", example: "skills" }),
  entity_id: word.optional().openapi({ description: "Of the row with this id", example: "1" }),
  actor_id: z
    .uuid()
    .optional()
    .openapi({ description: "By this user", example: "0190a0de-0000-7000-8000-000000000001" }),
  action: z.enum(AUDIT_ACTIONS).optional().openapi({ description: "Only these", example: "update" }),
  request_id: word
    .optional()
    .openapi({ description: "By this request", example: "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001" }),
  from: moment.optional().openapi({ description: "From this moment on", example: "2026-11-01T00:00:00Z" }),
  to: moment.optional().openapi({ description: "Before this moment", example: "2026-12-01T00:00:00Z" }),
  ...pageQuery(50),
});

export type AuditEntryDto = z.infer<typeof auditEntry>;
export type AuditFilters = z.infer<typeof auditFilters>;
