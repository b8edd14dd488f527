import type { Inquiry } from "../../classrooms/student-in-sight.ts";
import type { Database } from "../../db/client.ts";
import { reportFrom } from "../kit/report.ts";
import { readStudentParts } from "../kit/student-report.ts";
import { type ScoreChartRows, scoreChartOf, toScoreChart } from "../student/score-chart.ts";
import { type SummaryRows, summaryOf, toSummary } from "../student/summary.ts";
import type { PrintedSummary } from "./draw-student-summary.ts";

type Asked = Parameters<typeof summaryOf>[0] & Parameters<typeof scoreChartOf>[0];

/** When the document of a student without practice says that it was made: the same each time. */
const NEVER = new Date(0);

/**
 * A student's summary and their score chart, both of one state of the record, whose `version` is told too. One statement.
 * Throws what it means where they are out of the caller's sight.
 */
export async function readSummary(
  { db }: { db: Database },
  who: Inquiry,
  asked: Asked,
): Promise<{ summary: PrintedSummary; version: string; at: Date }> {
  const [summary, chart] = [summaryOf(asked), scoreChartOf(asked)];
  const { student, head, rows } = await readStudentParts<SummaryRows & ScoreChartRows>(db, who, {
    asked,
    ctes: { ...summary.ctes, ...chart.ctes },
    parts: { ...summary.parts, ...chart.parts },
  });
  const { data, meta, version } = reportFrom(toSummary(student, rows), head, asked);
  const { skills, rest } = toScoreChart(rows);
  return {
    summary: { data, meta, timeZone: student.time_zone, skills, isCut: rest.truncated === true },
    version,
    at: head.asOf ?? NEVER,
  };
}
