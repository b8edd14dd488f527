import { skill } from "../../catalog/schemas.ts";
import { editingCatalog } from "../../db/acting-as.ts";
import { skillPrerequisites, skills } from "../../db/tables.ts";
import type { Router } from "../../http/route.ts";
import type { Services } from "../../services.ts";
import { addCrud } from "../crud.ts";
import { idParams } from "../fields.ts";
import { remove } from "../remove.ts";
import { changeSkill } from "./change-skill.ts";
import { createSkill } from "./create-skill.ts";
import { listSkills, readSkill } from "./read-skills.ts";
import { newSkill, skillChange, skillFilters } from "./schemas.ts";

/** Adds the routes by which an ADMIN keeps the skills. */
export function addSkills(router: Router, services: Services): void {
  addCrud(router, services, {
    path: "/admin/skills",
    one: "skill",
    many: "skills",
    about: {
      list: "Published or not.",
      create: "What is left out is empty, of difficulty 1, and published. Its permacode is made, and stays for good.",
      change: "Changes what is named and nothing else. Sessions under way go on as they began.",
      remove:
        "Refused, with what refers to it by table, where anything does: questions, practice, assignments, skills that " +
        "it comes before. To take it away from students, unpublish it.",
    },
    params: idParams("skill"),
    filters: skillFilters,
    item: skill,
    newBody: newSkill,
    changeBody: skillChange,
    row: skills.createKey,
    list: listSkills,
    read: readSkill,
    create: createSkill,
    change: changeSkill,
    remove: (work, id) =>
      remove(work, { table: skills, one: "skill", parts: [skillPrerequisites.skillId], begin: editingCatalog }, id),
  });
}
