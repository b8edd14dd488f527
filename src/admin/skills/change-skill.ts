import { and, eq, notInArray, sql } from "drizzle-orm";
import type { BatchItem } from "drizzle-orm/batch";
import type { SkillDto } from "../../catalog/schemas.ts";
import { editingCatalog } from "../../db/acting-as.ts";
import { skillPrerequisites, skills } from "../../db/tables.ts";
import { refusing } from "../faults.ts";
import { isNothing } from "../rows.ts";
import type { Work } from "../work.ts";
import { SKILL_MEANINGS, toColumns } from "./columns.ts";
import { readSkill } from "./read-skills.ts";
import type { SkillChange } from "./schemas.ts";

/**
 * Changes what is named of a skill and gives it as it is then; nothing where there is none. `conflict` where its code
 * is taken, `validation_error` where it names what does not exist, or prerequisites that go round in a circle.
 */
export async function changeSkill(work: Work, id: number, change: SkillChange): Promise<SkillDto | undefined> {
  const { services, actor } = work;
  const { query } = services.db;
  const columns = toColumns(change);
  const changes: BatchItem<"pg">[] = [];
  if (!isNothing(columns)) changes.push(query.update(skills).set(columns).where(eq(skills.id, id)));
  if (change.prerequisites) changes.push(...replacePrerequisites(work, id, change.prerequisites));
  if (changes.length > 0) {
    await refusing(SKILL_MEANINGS, () => query.batch([editingCatalog(query, actor), ...changes]));
  }
  return readSkill(services, id);
}

/** Touches only what is not as it should be, so that the audit log tells of that alone. */
function replacePrerequisites({ services }: Work, id: number, wanted: readonly number[]): BatchItem<"pg">[] {
  const { query } = services.db;
  return [
    query
      .delete(skillPrerequisites)
      .where(and(eq(skillPrerequisites.skillId, id), notInArray(skillPrerequisites.prerequisiteId, [...wanted]))),
    query.execute(sql`
      insert into skill_prerequisites (skill_id, prerequisite_id)
      select skills.id, needed::integer from skills, jsonb_array_elements_text(${JSON.stringify(wanted)}) as needed
      where skills.id = ${id}
      on conflict do nothing`),
  ];
}
