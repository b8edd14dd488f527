import { and, asc, desc, eq, sql } from "drizzle-orm";
import { isInSight, outOfSight } from "../classrooms/student-in-sight.ts";
import type { Database } from "../db/client.ts";
import { awards, practiceDays, practiceMarks, skillProgress, skills, users } from "../db/tables.ts";
import type { Principal } from "../http/access-token.ts";
import { WHOLE_LIST_LIMIT, wholeList } from "../http/paging.ts";
import { localDay } from "../practice/local-day.ts";
import { TIME_ZONE } from "../practice/student-record.ts";
import type { AwardsDto, AwardsMeta } from "./schemas.ts";
import { currentStreak } from "./streak.ts";
import { MILESTONES } from "./thresholds.ts";

export type Inquiry = { readonly principal: Principal; readonly studentId: string };

/** The longest streak that is counted: beyond the last milestone nothing is won. */
const STREAK_DAYS = Math.max(...MILESTONES.STREAK);

/**
 * What a student has earned, the newest first, and which milestone of each kind comes next; throws what it means that the
 * caller may not see them. One statement.
 */
export async function listAwards(
  { db: { query } }: { db: Database },
  { principal, studentId }: Inquiry,
  nowMs: number,
): Promise<{ data: AwardsDto; meta: AwardsMeta }> {
  const student = query.$with("student").as(
    query
      .select({ id: users.id, timeZone: TIME_ZONE.as("zone"), asOf: asOf.as("as_of") })
      .from(users)
      .leftJoin(practiceMarks, eq(practiceMarks.studentId, users.id))
      .where(and(eq(users.id, studentId), isInSight(query, principal))),
  );
  const id = sql`(select ${student.id} from ${student})`;
  const total = (column: typeof skillProgress.questions | typeof skillProgress.activeMs) =>
    sql`(select coalesce(sum(${column}), 0) from ${skillProgress} where ${skillProgress.studentId} = ${id})`;
  const ofKind = (kind: "MEDAL" | "STREAK", figure: typeof countOf) =>
    sql`(select ${figure} from ${awards} where ${awards.studentId} = ${id} and ${awards.kind} = ${kind})`;
  const days = sql`array(select distinct ${practiceDays.day} from ${practiceDays}
    where ${practiceDays.studentId} = ${id} and ${practiceDays.questions} > 0
    order by ${practiceDays.day} desc limit ${STREAK_DAYS})`;

  const rows = await query
    .with(student)
    .select({
      asOf: student.asOf,
      timeZone: student.timeZone,
      questions: total(skillProgress.questions).mapWith(Number),
      activeMs: total(skillProgress.activeMs).mapWith(Number),
      mastered: ofKind("MEDAL", countOf).mapWith(Number),
      longestStreak: ofKind("STREAK", longest).mapWith(Number),
      days: sql<string[]>`to_json(${days})`,
      award: awards,
      skillTitle: skills.title,
    })
    .from(student)
    .leftJoin(awards, eq(awards.studentId, student.id))
    .leftJoin(skills, eq(skills.id, awards.skillId))
    .orderBy(desc(awards.earnedAt), desc(awards.threshold), asc(awards.kind), asc(awards.skillId))
    .limit(WHOLE_LIST_LIMIT + 1);

  const [first] = rows;
  if (!first) throw outOfSight(principal, studentId);
  const { data, meta: cut } = wholeList(
    rows.flatMap(({ award, skillTitle }) => (award ? [toAward(award, skillTitle)] : [])),
  );
  return {
    data: { student_id: studentId, awards: data, next: nextMilestones(first, nowMs) },
    meta: { as_of: first.asOf?.toISOString() ?? null, ...cut },
  };
}

/** A mark from before their first event says no time. */
const asOf = sql`nullif(${practiceMarks.asOf}, 'epoch')`.mapWith(practiceMarks.asOf);
const countOf = sql`count(*)`;
const longest = sql`coalesce(max(${awards.threshold}), 0)`;

type AwardRow = typeof awards.$inferSelect;

const toAward = ({ kind, threshold, skillId, earnedAt }: AwardRow, skillTitle: string | null) => ({
  kind,
  threshold,
  skill_id: skillId,
  skill_title: skillTitle,
  earned_at: earnedAt.toISOString(),
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
