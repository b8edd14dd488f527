import { eq, sql } from "drizzle-orm";
import type { SkillDto } from "../../catalog/schemas.ts";
import { editingCatalog } from "../../db/acting-as.ts";
import { skills } from "../../db/tables.ts";
import { conflict, refusing } from "../faults.ts";
import type { Work } from "../work.ts";
import { SKILL_MEANINGS, toColumns } from "./columns.ts";
import { skillsWhere, toSkillDto } from "./read-skills.ts";
import type { NewSkill } from "./schemas.ts";

/**
 * Makes a skill with its prerequisites, or finds the one that the same request made before. `conflict` where its code
 * is taken, `validation_error` where it names what does not exist.
 */
export async function createSkill({ services, actor }: Work, createKey: string, body: NewSkill): Promise<SkillDto> {
  const { query } = services.db;
  const { subject_id: subjectId, grade_id: gradeId, code, title, prerequisites = [] } = body;
  const made = query
    .insert(skills)
    .values({ ...toColumns(body), subjectId, gradeId, code, title, createKey })
    .onConflictDoNothing()
    .returning({ id: skills.id });
  const [, , [row]] = await refusing(SKILL_MEANINGS, () =>
    query.batch([
      editingCatalog(query, actor),
      query.execute(sql`
        with made as ${made}
        insert into skill_prerequisites (skill_id, prerequisite_id)
        select made.id, needed::integer from made, jsonb_array_elements_text(${JSON.stringify(prerequisites)}) as needed`),
      skillsWhere(query, eq(skills.createKey, createKey)),
    ]),
  );
  if (!row) throw conflict(SKILL_MEANINGS.taken);
  return toSkillDto(row);
}
