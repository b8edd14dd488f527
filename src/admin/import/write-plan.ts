import { v7 as uuidV7 } from "uuid";
import { z } from "../../http/zod.ts";
import { inTurns, type Moving } from "./in-turns.ts";
import type { Json } from "./kinds.ts";
import type { Plan, Planned } from "./plan.ts";
import type { ResolvedChild } from "./resolve-children.ts";
import type { ResolvedSkill } from "./resolve-skills.ts";
import {
  type ChangedRow,
  insertRows,
  nextSkillIds,
  type Run,
  type Statement,
  setPrerequisites,
  updateRows,
} from "./statements.ts";

const NEW_SKILL: Json = {
  permacode: "",
  topic_id: null,
  description: "",
  tags: [],
  difficulty: 1,
  example_url: null,
  video_url: null,
  is_published: true,
  standards: [],
};

const NEW_QUESTION: Json = { data: {}, explanation: "" };

const taken = z.array(z.object({ id: z.int() }));

/**
 * The statements that do what is planned, to run in one transaction behind one that holds the catalog's version. Takes
 * the ids of new skills from their sequence beforehand, since what comes with them refers to them.
 */
export async function writePlan(run: Run, plan: Plan): Promise<readonly Statement[]> {
  const idOf = await givenIds(run, plan);
  const toChild = ({ item }: Planned<ResolvedChild>): Json => ({ ...item.wanted, skill_id: idOf(item.skillId) });
  const [newSkills, oldSkills] = parted(plan.skills);
  const [newQuestions, oldQuestions] = parted(plan.questions);
  const [newTemplates, oldTemplates] = parted(plan.templates);
  return [
    // A new skill may have the code of one that gets another.
    ...inTurns(oldSkills.flatMap(moving)).flatMap((changes) => updateRows("skills", changes)),
    // Whose permacode is yet to be made gets one that none of the others brings.
    ...[true, false].flatMap((isBrought) =>
      insertRows(
        "skills",
        newSkills
          .filter(({ item }) => (item.permacode !== undefined) === isBrought)
          .map(({ item }) => toNewSkill(item, idOf(item.id))),
      ),
    ),
    ...setPrerequisites(
      plan.prerequisites.map(({ skillId, needed }) => ({ skill_id: idOf(skillId), needed: needed.map(idOf) })),
    ),
    ...insertRows(
      "questions",
      newQuestions.map((one) => ({ id: one.id, ...NEW_QUESTION, ...toChild(one) })),
    ),
    ...updateRows(
      "questions",
      oldQuestions.flatMap((one) => changed(one, toChild(one))),
    ),
    ...insertRows(
      "question_templates",
      newTemplates.map((one) => ({ id: one.id ?? uuidV7(), ...toChild(one) })),
    ),
    ...updateRows(
      "question_templates",
      oldTemplates.flatMap((one) => changed(one, toChild(one))),
    ),
  ];
}

/** What each skill's id is in the end: those below zero stand for skills to come. */
async function givenIds(run: Run, { skills }: Plan): Promise<(id: number) => number> {
  const waiting = skills.map(({ item }) => item.id).filter((id) => id < 0);
  if (waiting.length === 0) return (id) => id;
  // New skills that come with ids of their own may have those that are next.
  const named = new Set(skills.flatMap(({ item, isNew }) => (isNew && item.id > 0 ? [item.id] : [])));
  const [rows] = await run([nextSkillIds(waiting.length + named.size)]);
  const next = taken
    .parse(rows)
    .map(({ id }) => id)
    .filter((id) => !named.has(id));
  const final = new Map(waiting.map((id, place) => [id, next[place] ?? id]));
  return (id) => final.get(id) ?? id;
}

const toNewSkill = ({ wanted, permacode }: ResolvedSkill, id: number): Json => ({
  ...NEW_SKILL,
  ...wanted,
  id,
  ...(permacode === undefined ? {} : { permacode }),
});

const moving = ({ id, item: { wanted, place } }: Planned<ResolvedSkill>): Moving[] =>
  id === undefined || place.from === undefined ? [] : [{ id, wanted, from: place.from, to: place.to }];

const changed = ({ id }: Planned<unknown>, wanted: Json): ChangedRow[] => (id === undefined ? [] : [{ id, wanted }]);

function parted<T>(plans: readonly Planned<T>[]): [Planned<T>[], Planned<T>[]] {
  return [plans.filter(({ isNew }) => isNew), plans.filter(({ isNew }) => !isNew)];
}
