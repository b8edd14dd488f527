import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { escapeLike } from "../../db/escape-like.ts";
import { questionTemplates } from "../../db/tables.ts";
import { offsetOf } from "../../http/paging.ts";
import type { Services } from "../../services.ts";
import { countOf, type Page, toPage } from "../rows.ts";
import type { AdminTemplateDto, TemplateFilters } from "./schemas.ts";
import { toTemplateDto } from "./template-rows.ts";

/** The template, if there is one. */
export async function readTemplate({ db: { query } }: Services, id: string): Promise<AdminTemplateDto | undefined> {
  const [row] = await query.select().from(questionTemplates).where(eq(questionTemplates.id, id));
  return row && toTemplateDto(row);
}

/** A page of the templates that match: skill by skill, the easy ones first. */
export async function listTemplates(
  { db: { query } }: Services,
  { skill_id, search, ...page }: TemplateFilters,
): Promise<Page<AdminTemplateDto>> {
  const condition = and(
    skill_id === undefined ? undefined : eq(questionTemplates.skillId, skill_id),
    search ? says(search) : undefined,
  );
  const [rows, counted] = await query.batch([
    query
      .select()
      .from(questionTemplates)
      .where(condition)
      .orderBy(asc(questionTemplates.skillId), asc(questionTemplates.level), asc(questionTemplates.id))
      .limit(page.page_size)
      .offset(offsetOf(page)),
    countOf(query, questionTemplates, condition),
  ]);
  return toPage(rows.map(toTemplateDto), counted);
}

function says(text: string): SQL {
  const pattern = `%${escapeLike(text)}%`;
  const { body } = questionTemplates;
  return sql`(${body} ->> 'prompt' ilike ${pattern} or ${body} ->> 'explanation' ilike ${pattern})`;
}
