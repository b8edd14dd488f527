import { sql } from "drizzle-orm";
import { EXAMPLE_STUDENT_ID } from "../../classrooms/schemas.ts";
import { catalogId, uuid } from "../../http/fields.ts";
import { z } from "../../http/zod.ts";
import {
  type AttemptRow,
  attemptColumns,
  cutAttempts,
  type Found,
  MOST_BYTES,
  sizedPage,
} from "../figures/attempt-page.ts";
import { attemptTextColumns } from "../figures/spots.ts";
import { classMembers, classOf, exampleClass, requireSkill } from "../kit/class-data.ts";
import { classReport, readClassParts } from "../kit/class-report.ts";
import { type SkillRow, type StudentRow, skillColumns, studentColumns } from "../kit/columns.ts";
import { isBefore, timeCursor } from "../kit/cursor.ts";
import { skillNames, skillTables } from "../kit/figures.ts";
import { PAGING, pageSize } from "../kit/paging.ts";
import { reportFrom } from "../kit/report.ts";
import { period, timePage } from "../kit/report-query.ts";
import { classScopeOf, inDays, nearDays } from "../kit/scope.ts";
import { sheetOf } from "../kit/sheet.ts";
import { column, tableOf } from "../kit/table.ts";

/** So many of the newest attempts come where the caller asks for no page. */
const WHOLE = 500;

type LoggedRow = AttemptRow & StudentRow & Found;

const attempts = tableOf<LoggedRow>()("ClassLoggedAttempt", {
  ...studentColumns,
  session_id: column.uuid("The session", "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001", (row) => row.session_id),
  ...attemptTextColumns(),
  is_correct: column.flag("Whether the answer was right", false, (row) => row.is_correct),
});
const skill = tableOf<SkillRow>()("ClassLogSkill", skillColumns);

const data = z
  .object({ ...classMembers, skill: skill.schema, attempts: z.array(attempts.schema) })
  .openapi("ClassQuestionsLog");

type ClassLogDto = z.output<typeof data>;

/** Every answer of a class to one skill's questions. */
export const classQuestionsLogReport = classReport({
  name: "questions-log",
  path: "/teacher/classrooms/{id}/skills/{skill_id}/questions-log",
  operationId: "readClassQuestionsLog",
  summary: "A class's practice of one skill, question by question, newest first",
  description: `Without \`cursor\` and \`limit\`, the newest 500 attempts. ${PAGING}`,
  params: { skill_id: catalogId.openapi({ description: "The skill" }) },
  query: {
    ...period,
    ...timePage,
    student_id: uuid.optional().openapi({ description: "Only this student's", example: EXAMPLE_STUDENT_ID }),
  },
  data,
  example: { ...exampleClass, skill: skill.example, attempts: [attempts.example] },
  sheets: { attempts: sheetOf(attempts, ({ attempts }: ClassLogDto) => attempts) },
  pages: { table: "attempts", cursor: timeCursor.parameter },
  read: async ({ db }, { who, asked, params: { skill_id } }) => {
    const scope = classScopeOf(asked);
    const newestFirst = sql`ORDER BY answered_at DESC, id DESC LIMIT ${pageSize(asked, WHOLE) + 1}`;
    const { classroom, head, rows } = await readClassParts<{ skill: SkillRow; attempts: LoggedRow }>(db, who, {
      asked,
      ctes: {
        // Of each student no more than the page may hold, so that what is read does not grow with what there is.
        newest: sql`
          SELECT answered.* FROM roster CROSS JOIN LATERAL (
            SELECT * FROM attempts
            WHERE attempts.student_id = roster.student_id AND skill_id = ${skill_id}::integer
              AND ${inDays(sql`day`, scope)} AND ${nearDays(sql`answered_at`, scope)}
              AND ${isBefore(sql`answered_at`, sql`id`, asked.cursor?.after)} ${newestFirst}) AS answered
          WHERE ${asked.student_id === undefined ? sql`true` : sql`roster.student_id = ${asked.student_id}::uuid`}
          ${newestFirst}`,
        page: sizedPage,
      },
      parts: {
        skill: sql`SELECT ${skillNames} FROM (VALUES (${skill_id}::integer)) AS asked (id) ${skillTables(sql`asked.id`)}`,
        attempts: sql`
          SELECT page.student_id, roster.full_name, ${attemptColumns}, found
          FROM page JOIN roster ON roster.student_id = page.student_id
          WHERE bytes <= ${MOST_BYTES} ORDER BY answered_at DESC, id DESC`,
      },
    });
    const { rows: page, rest } = cutAttempts(rows.attempts, asked, head, WHOLE);
    const data = {
      ...classOf(classroom),
      skill: skill.row(requireSkill(rows.skill)),
      attempts: page.map(attempts.row),
    };
    return reportFrom(data, head, asked, rest);
  },
});
