import type { questionTemplates } from "../../db/tables.ts";
import { templateBodySchema } from "../../templates/schemas.ts";
import type { Meanings } from "../faults.ts";
import type { AdminTemplateDto } from "./schemas.ts";

export const TEMPLATE_MEANINGS: Meanings = {
  unknown: { question_templates_skill_id_skills_id_fk: { path: "skill_id", what: "skill" } },
  taken: "There is such a template already.",
};

export function toTemplateDto(row: typeof questionTemplates.$inferSelect): AdminTemplateDto {
  // Whatever is kept was read before it was kept.
  const template = templateBodySchema.parse(row.body);
  return {
    id: row.id,
    skill_id: row.skillId,
    type: template.type,
    level: template.level,
    template,
    created_at: row.createdAt.toISOString(),
    updated_at: row.updatedAt.toISOString(),
  };
}
