import { and, asc, desc, eq } from "drizzle-orm";
import { editingCatalog } from "../../db/acting-as.ts";
import { questions } from "../../db/tables.ts";
import type { Router } from "../../http/route.ts";
import type { Services } from "../../services.ts";
import { addCrud } from "../crud.ts";
import { idParams } from "../fields.ts";
import { remove } from "../remove.ts";
import { contains, createRow, listRows, readRow } from "../rows.ts";
import { changeQuestion } from "./change-question.ts";
import { QUESTION_ROWS } from "./question-rows.ts";
import { adminQuestion, newQuestion, questionChange, questionFilters } from "./schemas.ts";

/** Adds the routes by which an ADMIN keeps the stored questions. */
export function addQuestions(router: Router, services: Services): void {
  addCrud(router, services, {
    path: "/admin/questions",
    one: "question",
    many: "questions",
    about: {
      list: "With the answer keys, of skills that are published or not.",
      create: "The key must fit the question: a choice that exists, a number that is one.",
      change: "Changes what is named and nothing else; it must fit what stays. Sessions under way go on as they began.",
      remove: "Answers that were given to it keep it as it stood.",
    },
    params: idParams("question"),
    filters: questionFilters,
    item: adminQuestion,
    newBody: newQuestion,
    changeBody: questionChange,
    row: questions.createKey,
    list: (_, { skill_id, search, sort_order, ...page }) =>
      listRows(services, QUESTION_ROWS, {
        where: and(
          skill_id === undefined ? undefined : eq(questions.skillId, skill_id),
          contains(search, questions.prompt, questions.explanation),
        ),
        orderBy: [sort_order === "asc" ? asc(questions.id) : desc(questions.id)],
        page,
      }),
    read: (_, id) => readRow(services, QUESTION_ROWS, id),
    create: (work, createKey, { skill_id, type, prompt, data, correct_answer, explanation, level }) =>
      createRow(work, QUESTION_ROWS, createKey, {
        skillId: skill_id,
        type,
        prompt,
        data,
        correctAnswer: correct_answer,
        explanation,
        level,
      }),
    change: changeQuestion,
    remove: (work, id) => remove(work, { table: questions, one: "question", begin: editingCatalog }, id),
  });
}
