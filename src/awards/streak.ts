const DAY_MS = 24 * 3600 * 1000;

/**
 * How many days in a row somebody has practised, up to today or, as today is not over, yesterday; 0 where the last one is
 * longer ago. `days` are dates (YYYY-MM-DD), the newest first, each once.
 */
export function currentStreak(days: readonly string[], today: string): number {
  const [newest] = days;
  if (newest === undefined || daysBetween(newest, today) > 1) return 0;
  const gap = days.findIndex((day, index) => daysBetween(day, newest) !== index);
  return gap === -1 ? days.length : gap;
}

const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
