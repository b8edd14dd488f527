import { eq } from "drizzle-orm";
import { editingCatalog } from "../../db/acting-as.ts";
import { questionTemplates } from "../../db/tables.ts";
import { conflict, refusing } from "../faults.ts";
import type { Work } from "../work.ts";
import { requireGoodTemplate } from "./check-template.ts";
import type { AdminTemplateDto, NewTemplate } from "./schemas.ts";
import { TEMPLATE_MEANINGS, toTemplateDto } from "./template-rows.ts";

/**
 * Keeps a template, or finds the one that the same request made before; `validation_error` with the place of each fault
 * where it does not fit together or does not run well.
 */
export async function createTemplate(
  { services, actor }: Work,
  id: string,
  { skill_id: skillId, template: body }: NewTemplate,
): Promise<AdminTemplateDto> {
  requireGoodTemplate(body);
  const { query } = services.db;
  const [, , [row]] = await refusing(TEMPLATE_MEANINGS, () =>
    query.batch([
      editingCatalog(query, actor),
      query.insert(questionTemplates).values({ id, skillId, body }).onConflictDoNothing(),
      query.select().from(questionTemplates).where(eq(questionTemplates.id, id)),
    ]),
  );
  if (!row) throw conflict(TEMPLATE_MEANINGS.taken);
  return toTemplateDto(row);
}
