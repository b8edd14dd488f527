import { and, eq, sql } from "drizzle-orm";
import { type Inquiry, isInSight, outOfSight } from "../classrooms/student-in-sight.ts";
import type { Database } from "../db/client.ts";
import { awards, practiceDays, practiceMarks, skillProgress, users } from "../db/tables.ts";
import { WHOLE_LIST_LIMIT } from "../http/paging.ts";
import { localDay } from "../practice/local-day.ts";
import { TIME_ZONE } from "../practice/student-record.ts";
import { isBefore, type TimedRow, timeCursor } from "../reports/kit/cursor.ts";
import { cutPage, pageSize } from "../reports/kit/paging.ts";
import type { TimePage } from "../reports/kit/report-query.ts";
import { iso } from "../reports/kit/statement.ts";
import type { AwardsDto, AwardsMeta } from "./schemas.ts";
import { currentStreak } from "./streak.ts";
import { MILESTONES } from "./thresholds.ts";

/** The longest streak that is counted: beyond the last milestone nothing is won. */
const STREAK_DAYS = Math.max(...MILESTONES.STREAK);

/** An award in the statement's JSON. */
type AwardRow = Pick<typeof awards.$inferSelect, "id" | "kind" | "threshold"> & {
  readonly skill_id: number | null;
  readonly skill_title: string | null;
  readonly earned_at: string;
};

const pages = {
  whole: WHOLE_LIST_LIMIT,
  cursor: timeCursor,
  placeOf: ({ earned_at, id }: AwardRow): TimedRow => [Date.parse(earned_at), id],
};

/**
 * What a student has earned, the newest first, and which milestone of each kind comes next; throws what it means that the
 * caller may not see them. One statement.
 */
export async function listAwards(
  { db: { query } }: { db: Database },
  { principal, studentId }: Inquiry,
  page: TimePage,
  nowMs: number,
): Promise<{ data: AwardsDto; meta: AwardsMeta }> {
  const total = (column: typeof skillProgress.questions | typeof skillProgress.activeMs) =>
    sql`(select coalesce(sum(${column}), 0) from ${skillProgress} where ${skillProgress.studentId} = ${users.id})`;
  const ofKind = (kind: "MEDAL" | "STREAK", figure: typeof countOf) =>
    sql`(select ${figure} from ${awards} where ${awards.studentId} = ${users.id} and ${awards.kind} = ${kind})`;
  const days = sql`array(select distinct ${practiceDays.day} from ${practiceDays}
    where ${practiceDays.studentId} = ${users.id} and ${practiceDays.questions} > 0
    order by ${practiceDays.day} desc limit ${STREAK_DAYS})`;
  const listed = sql`
    select awards.id, kind, threshold, skill_id, skills.title as skill_title, earned_at
    from awards left join skills on skills.id = awards.skill_id
    where awards.student_id = ${users.id} and ${isBefore(sql`earned_at`, sql`awards.id`, page.cursor?.after)}
    order by earned_at desc, awards.id desc limit ${pageSize(page, pages.whole) + 1}`;

  const [student] = await query
    .select({
      asOf: practiceMarks.asOf,
      timeZone: TIME_ZONE,
      questions: total(skillProgress.questions).mapWith(Number),
      activeMs: total(skillProgress.activeMs).mapWith(Number),
      mastered: ofKind("MEDAL", countOf).mapWith(Number),
      longestStreak: ofKind("STREAK", longest).mapWith(Number),
      days: sql<string[]>`to_json(${days})`,
      awards: sql<AwardRow[]>`(select coalesce(json_agg(row_to_json(listed)), '[]') from (${listed}) as listed)`,
    })
    .from(users)
    .leftJoin(practiceMarks, eq(practiceMarks.studentId, users.id))
    .where(and(eq(users.id, studentId), isInSight(query, principal)));

  if (!student) throw outOfSight(principal, studentId);
  const { rows, rest } = cutPage(student.awards, page, {}, pages);
  return {
    data: { student_id: studentId, awards: rows.map(toAward), next: nextMilestones(student, nowMs) },
    meta: { as_of: student.asOf?.toISOString() ?? null, ...rest },
  };
}

const countOf = sql`count(*)`;
const longest = sql`coalesce(max(${awards.threshold}), 0)`;

const toAward = ({ kind, threshold, skill_id, skill_title, earned_at }: AwardRow) => ({
  kind,
  threshold,
  skill_id,
  skill_title,
  earned_at: iso(earned_at),
});

type Totals = {
  readonly timeZone: string;
  readonly questions: number;
  readonly activeMs: number;
  readonly mastered: number;
  /** The last streak that was won; a shorter one wins nothing more. */
  readonly longestStreak: number;
  /** The newest first. */
  readonly days: readonly string[];
};

function nextMilestones(totals: Totals, nowMs: number): AwardsDto["next"] {
  const { questions, activeMs, mastered, longestStreak, days } = totals;
  const streak = currentStreak(days, localDay(nowMs, totals.timeZone));
  const minutes = Math.floor(activeMs / 60_000);
  return [
    ...next("QUESTIONS", questions),
    ...next("MINUTES", minutes),
    ...next("SKILLS_MASTERED", mastered),
    ...next("STREAK", streak, Math.max(streak, longestStreak)),
  ];
}

/** The milestone of a kind after what has been won, or none where that was the last. */
function next(kind: keyof typeof MILESTONES, reached: number, won = reached): AwardsDto["next"] {
  const threshold = MILESTONES[kind].find((step) => step > won);
  return threshold === undefined ? [] : [{ kind, threshold, reached }];
}
