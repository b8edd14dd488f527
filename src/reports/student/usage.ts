import { sql } from "drizzle-orm";
import { EXAMPLE_STUDENT_ID } from "../../classrooms/schemas.ts";
import { z } from "../../http/zod.ts";
import { cutSessions, type SessionRow, sessionColumns, sessionPage } from "../figures/session-page.ts";
import { type DayRow, dayColumns, type GainRow, progressColumns, usageDays } from "../figures/usage.ts";
import type { SkillRow } from "../kit/columns.ts";
import { timeCursor } from "../kit/cursor.ts";
import { inCatalogOrder, ofDays, skillNames, skillTables } from "../kit/figures.ts";
import { PAGING } from "../kit/paging.ts";
import { reportFrom } from "../kit/report.ts";
import { period, skillFilters, timePage } from "../kit/report-query.ts";
import { scopeOf } from "../kit/scope.ts";
import { sheetOf } from "../kit/sheet.ts";
import { readStudentParts, studentReport } from "../kit/student-report.ts";
import { tableOf } from "../kit/table.ts";

const DAYS = 7;

const days = tableOf<DayRow>()("UsageDay", dayColumns);
const sessions = tableOf<SessionRow>()("UsageSession", sessionColumns);
const skills = tableOf<SkillRow & GainRow>()("UsageSkill", progressColumns);

const data = z
  .object({
    student_id: z.uuid(),
    days: z.array(days.schema),
    sessions: z.array(sessions.schema),
    skills: z.array(skills.schema),
  })
  .openapi("Usage");

type UsageDto = z.output<typeof data>;

/** What one student did, by day, by session and by skill. */
export const usageReport = studentReport({
  name: "usage",
  path: "/analytics/usage",
  operationId: "readUsage",
  summary: "What a student did, by day, by session and by skill",
  description:
    "The last 7 days unless others are asked for. Days and skills are of the whole period; `sessions` are those with an " +
    `answer, each of the day of its first one, the newest 500 without \`cursor\` and \`limit\`. ${PAGING}`,
  query: { ...period, ...skillFilters, ...timePage },
  days: DAYS,
  data,
  example: {
    student_id: EXAMPLE_STUDENT_ID,
    days: [days.example],
    sessions: [sessions.example],
    skills: [skills.example],
  },
  sheets: {
    sessions: sheetOf(sessions, ({ sessions }: UsageDto) => sessions),
    days: sheetOf(days, ({ days }: UsageDto) => days),
    skills: sheetOf(skills, ({ skills }: UsageDto) => skills),
  },
  pages: { table: "sessions", cursor: timeCursor.parameter },
  read: async ({ db }, { who, asked, only }) => {
    const scope = scopeOf(asked, DAYS);
    const { head, rows } = await readStudentParts<{ days: DayRow; sessions: SessionRow; skills: SkillRow & GainRow }>(
      db,
      who,
      {
        asked,
        days: DAYS,
        ctes: { practised: ofDays("student", scope) },
        parts: {
          days: usageDays("student", scope),
          sessions: sessionPage("student", scope, asked),
          skills: sql`
            SELECT ${skillNames}, questions, correct, active_ms, first_smartscore, last_smartscore
            FROM practised ${skillTables(sql`practised.skill_id`)} ORDER BY ${inCatalogOrder}`,
        },
        only: only === "sessions" ? ["sessions"] : undefined,
      },
    );
    const page = cutSessions(rows.sessions, asked, head);
    const data = {
      student_id: who.studentId,
      days: rows.days.map(days.row),
      sessions: page.rows.map(sessions.row),
      skills: rows.skills.map(skills.row),
    };
    return reportFrom(data, head, asked, page.rest);
  },
});
