import { activeTime, type CountedRow, countColumns, levelOf, SCORE_LEVELS } from "../kit/columns.ts";
import { isoOrNull } from "../kit/statement.ts";
import { column } from "../kit/table.ts";

/** What one student has come to on one skill, of all time or of a period. */
export type ChartedRow = CountedRow & {
  active_ms: number;
  /** The current or the best one; null without an answer. */
  smartscore: number | null;
  last_practiced_at: string | null;
};

/** The columns of a score chart, of a student's skills or of a skill's students. */
export const chartedColumns = {
  smartscore: column.scoreOrNull(
    "The current or the best one; null without an answer",
    84,
    (row: ChartedRow) => row.smartscore,
  ),
  level: column.oneOfOrNull(SCORE_LEVELS, "What that stands for", "PROFICIENT", (row: ChartedRow) =>
    row.smartscore === null ? null : levelOf(row.smartscore),
  ),
  ...countColumns,
  active_time_seconds: activeTime,
  last_practiced_at: column.momentOrNull("The last practice", "2026-11-22T08:01:30.000Z", (row: ChartedRow) =>
    isoOrNull(row.last_practiced_at),
  ),
};
