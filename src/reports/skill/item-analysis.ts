import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
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
import { requireSkill } from "../kit/class-data.ts";
import { reportFrom } from "../kit/report.ts";
import { type Period, period } from "../kit/report-query.ts";
import { reportsFor } from "../kit/report-route.ts";
import { inDays, nearDays, scopeOf } from "../kit/scope.ts";
import { daysOf, type Head, type HeadRow, readParts, toHead } from "../kit/statement.ts";

/**
 * The state of the answers that an analysis looks at: how many they are, from when to when. One that comes on record late
 * moves one of the three. Of a much practised skill that is still so many entries of an index and no row.
 */
const headOf = (skillId: number, asked: Period): SQL => sql`
  SELECT from_day, to_day, (SELECT max(answered_at) FROM attempts WHERE skill_id = ${skillId}::integer) AS as_of,
    concat_ws(':', (SELECT version FROM catalog_version), looked_at.version) AS version
  FROM (SELECT ${daysOf(asked, undefined, sql`current_date`)}) AS days CROSS JOIN LATERAL (
    SELECT concat_ws(':', count(*), extract(epoch FROM min(answered_at)), extract(epoch FROM max(answered_at))) AS version
    FROM (
      SELECT answered_at FROM attempts WHERE skill_id = ${skillId}::integer
        AND answered_at >= coalesce(from_day - 2, '-infinity') AND answered_at < coalesce(to_day + 3, 'infinity')
      ORDER BY answered_at DESC LIMIT ${LOOKED_AT}) AS newest) AS looked_at`;

async function readHead({ db }: { db: Database }, skillId: number, asked: Period): Promise<Head> {
  const read = await readParts<HeadRow, object>(db, { head: headOf(skillId, asked) }, {});
  return toHead(withHead(read).head);
}

/** An aggregate without groups has its row even of nothing. */
function withHead<T>(read: T | undefined): T {
  if (!read) throw new Error("the head of a skill's report always has a row");
  return read;
}

const reportOfSkill = reportsFor({
  access: ["ADMIN"],
  tag: "Reports",
  errors: ["not_found"],
  query: {},
  params: { skill_id: catalogId.openapi({ description: "The skill" }) },
  who: (_principal, _query, { skill_id }) => skill_id,
  idOf: (skillId: number) => String(skillId),
  head: readHead,
  isKept: true,
});

const data = z.object(itemMembers).openapi("ItemAnalysis");

/** How good a skill's questions are, by everybody's answers. */
export const itemAnalysisReport = reportOfSkill({
  name: "item-analysis",
  path: "/analytics/skills/{skill_id}/item-analysis",
  operationId: "readItemAnalysis",
  summary: "A skill's questions by everybody's answers: difficulty, discrimination, time, wrong answers",
  description: `${ANALYSIS_SAID} What fewer than 5 students did is left out.`,
  query: period,
  data,
  example: exampleItems,
  sheets: itemSheets,
  read: async ({ db }, { who: skillId, asked }) => {
    const scope = scopeOf(asked);
    const newest = sql`
      SELECT * FROM attempts WHERE skill_id = ${skillId}::integer
        AND ${inDays(sql`day`, scope)} AND ${nearDays(sql`answered_at`, scope)}`;
    const ctes = { head: headOf(skillId, asked), ...analysedAnswers(newest) };
    const { head, rows } = withHead(await readParts<HeadRow, ItemParts>(db, ctes, itemParts(skillId)));
    const data = { skill: skillRow(requireSkill(rows.skill)), ...analysed(rows, { isOwnClass: false }) };
    return reportFrom(data, toHead(head), asked, restOf(rows));
  },
});
