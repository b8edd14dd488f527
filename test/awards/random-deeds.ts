import type { Deed } from "./lives.ts";

const DAY_MS = 24 * 3600 * 1000;
export const SKILLS = [1, 2, 3, 4, 5, 6];

/** Random numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Some months of a student's life: mostly day after day, at times a day back, as after a flight to the west. */
export function randomDeeds(random: () => number): Deed[] {
  const scores = new Map<number, number>();
  const deeds: Deed[] = [];
  let dayMs = Date.UTC(2026, 0, 5);
  let atMs = dayMs;
  while (deeds.length < 260) {
    const some = 1 + Math.floor(random() * 14);
    for (let count = 0; count < some; count++) {
      atMs += 1_000 + Math.floor(random() * 200_000);
      const skillId = SKILLS[Math.floor(random() ** 2 * SKILLS.length)] ?? 1;
      const base = {
        skillId,
        atMs,
        day: new Date(dayMs).toISOString().slice(0, 10),
        creditMs: Math.floor(random() * 120_000),
      };
      if (random() < 0.2) {
        deeds.push(base);
        continue;
      }
      const before = scores.get(skillId) ?? 0;
      const score = Math.max(0, Math.min(100, before + Math.round(random() * 26 - 5)));
      scores.set(skillId, score);
      deeds.push({ ...base, score });
    }
    const chance = random();
    dayMs += chance < 0.85 ? DAY_MS : chance < 0.93 ? 2 * DAY_MS : -2 * DAY_MS;
    atMs = Math.max(atMs, dayMs);
  }
  return deeds;
}
