import { eq } from "drizzle-orm";
import { editingCatalog } from "../../db/acting-as.ts";
import { questionTemplates } from "../../db/tables.ts";
import { refusing } from "../faults.ts";
import { isNothing } from "../rows.ts";
import type { Work } from "../work.ts";
import { requireGoodTemplate } from "./check-template.ts";
import { readTemplate } from "./read-templates.ts";
import type { AdminTemplateDto, TemplateChange } from "./schemas.ts";
import { TEMPLATE_MEANINGS, toTemplateDto } from "./template-rows.ts";

/** Changes what is named, the template itself as a whole, and gives it; nothing where there is none. */
export async function changeTemplate(
  { services, actor }: Work,
  id: string,
  { skill_id: skillId, template: body }: TemplateChange,
): Promise<AdminTemplateDto | undefined> {
  if (body) requireGoodTemplate(body);
  const change = { skillId, body };
  if (isNothing(change)) return readTemplate(services, id);
  const { query } = services.db;
  const [, [row]] = await refusing(TEMPLATE_MEANINGS, () =>
    query.batch([
      editingCatalog(query, actor),
      query.update(questionTemplates).set(change).where(eq(questionTemplates.id, id)).returning(),
    ]),
  );
  return row && toTemplateDto(row);
}
