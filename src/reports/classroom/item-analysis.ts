import { sql } from "drizzle-orm";
import { catalogId } from "../../http/fields.ts";
import { z } from "../../http/zod.ts";
import {
  ANALYSIS_SAID,
  analysed,
  analysedAnswers,
  exampleItems,
  type ItemParts,
  itemMembers,
  itemParts,
  itemSheets,
  LOOKED_AT,
  restOf,
  skillRow,
} from "../figures/item-analysis.ts";
import { classMembers, classOf, exampleClass, requireSkill } from "../kit/class-data.ts";
import { classReport, readClassParts } from "../kit/class-report.ts";
import { reportFrom } from "../kit/report.ts";
import { period } from "../kit/report-query.ts";
import { classScopeOf, inDays, nearDays } from "../kit/scope.ts";

const data = z.object({ ...classMembers, ...itemMembers }).openapi("ClassItemAnalysis");

/** How good a skill's questions are, by the answers of one class. */
export const classItemAnalysisReport = classReport({
  name: "item-analysis",
  path: "/teacher/classrooms/{id}/skills/{skill_id}/item-analysis",
  operationId: "readClassItemAnalysis",
  summary: "A skill's questions by a class's answers: difficulty, discrimination, time, wrong answers",
  description: ANALYSIS_SAID,
  params: { skill_id: catalogId.openapi({ description: "The skill" }) },
  query: period,
  data,
  example: { ...exampleClass, ...exampleItems },
  sheets: itemSheets,
  read: async ({ db }, { who, asked, params: { skill_id } }) => {
    const scope = classScopeOf(asked);
    const { classroom, head, rows } = await readClassParts<ItemParts>(db, who, {
      asked,
      ctes: {
        ...analysedAnswers(sql`
          SELECT answered.* FROM roster CROSS JOIN LATERAL (
            SELECT * FROM attempts
            WHERE attempts.student_id = roster.student_id AND skill_id = ${skill_id}::integer
              AND ${inDays(sql`day`, scope)} AND ${nearDays(sql`answered_at`, scope)}
            ORDER BY answered_at DESC, id DESC LIMIT ${LOOKED_AT}) AS answered`),
      },
      parts: itemParts(skill_id),
    });
    const data = {
      ...classOf(classroom),
      skill: skillRow(requireSkill(rows.skill)),
      ...analysed(rows, { isOwnClass: true }),
    };
    return reportFrom(data, head, asked, restOf(rows));
  },
});
