import { and, eq } from "drizzle-orm";
import type { Database } from "../db/client.ts";
import { skillProgress, skills } from "../db/tables.ts";
import { accuracyPercent } from "../reports/kit/accuracy.ts";
import { noSuchSkill } from "./faults.ts";
import type { SkillStatsDto } from "./schemas.ts";

/** A user's own figures on a published skill; throws `not_found` for any other id. One statement. */
export async function readSkillStats(
  { db }: { db: Database },
  { skillId, userId }: { skillId: number; userId: string },
): Promise<SkillStatsDto> {
  const [row] = await db.query
    .select({
      progress: {
        best: skillProgress.bestSmartscore,
        last: skillProgress.lastSmartscore,
        lastAt: skillProgress.lastPracticedAt,
        questions: skillProgress.questions,
        correct: skillProgress.correct,
      },
    })
    .from(skills)
    .leftJoin(skillProgress, and(eq(skillProgress.skillId, skills.id), eq(skillProgress.studentId, userId)))
    .where(and(eq(skills.id, skillId), skills.isPublished));
  if (!row) throw noSuchSkill();
  const { progress } = row;
  return {
    best_smartscore: progress?.best ?? 0,
    last_smartscore: progress?.last ?? 0,
    last_practiced_at: progress?.lastAt.toISOString() ?? null,
    total_questions: progress?.questions ?? 0,
    accuracy_percent: accuracyPercent(progress?.correct ?? 0, progress?.questions ?? 0),
  };
}
