import { MILESTONES } from "../../src/awards/thresholds.ts";
import { type Deed, lineOf } from "./lives.ts";

const DAY_MS = 24 * 3600 * 1000;

/** What deeds earn, worked out one after the other with everything looked at anew each time: slow, simple, and by no table. */
export function awardsFrom(deeds: readonly Deed[]): string[] {
  const given = new Map<string, string>();
  const done: Deed[] = [];
  for (const deed of deeds) {
    const give = (kind: string, skillId: number | null, threshold: number) => {
      const what = `${kind} ${skillId} ${threshold}`;
      if (!given.has(what)) given.set(what, lineOf(kind, skillId, threshold, deed.atMs));
    };
    done.push(deed);
    const { score, skillId } = deed;
    if (score !== undefined) {
      for (const step of [70, 80, 90]) if (score >= step) give("RIBBON", skillId, step);
      if (score >= 100) give("MEDAL", skillId, 100);
    }
    const answers = done.filter((one) => one.score !== undefined);
    const mastered = new Set(answers.filter((one) => one.score === 100).map((one) => one.skillId));
    const reached = {
      QUESTIONS: answers.length,
      MINUTES: done.reduce((sum, one) => sum + one.creditMs, 0) / 60_000,
      SKILLS_MASTERED: mastered.size,
      STREAK: longestStreak(new Set(answers.map(({ day }) => day))),
    };
    for (const [kind, steps] of Object.entries(MILESTONES)) {
      for (const step of steps) if (reached[kind as keyof typeof reached] >= step) give(kind, null, step);
    }
  }
  return [...given.values()].sort();
}

function longestStreak(days: ReadonlySet<string>): number {
  let longest = 0;
  for (const day of days) {
    let length = 0;
    for (let at = Date.parse(day); days.has(new Date(at).toISOString().slice(0, 10)); at += DAY_MS) length += 1;
    longest = Math.max(longest, length);
  }
  return longest;
}
