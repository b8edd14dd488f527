/** Students who are right with a fixed probability, and what the SmartScore must show of them. Same seed, same students. */

import { initialScore, MASTERY_SCORE, scoreAnswer, targetLevels } from "../src/practice/smartscore.ts";

/** The score after each answer, up to mastery or the last answer. */
export type Run = readonly number[];

export type Simulation = { p: number; students: number; seed: number; answers?: number };

export function simulate({ p, students, seed, answers = 100 }: Simulation): Run[] {
  const random = mulberry32(seed);
  return Array.from({ length: students }, () => {
    const run: number[] = [];
    let state = initialScore();
    while (run.length < answers && state.score < MASTERY_SCORE) {
      state = scoreAnswer(state, { correct: random() < p, level: targetLevels(state.score)[0] }).state;
      run.push(state.score);
    }
    return run;
  });
}

/** How many answers a run took to reach a score first; Infinity where it never did. */
export function answersTo(score: number, run: Run): number {
  const index = run.findIndex((reached) => reached >= score);
  return index < 0 ? Number.POSITIVE_INFINITY : index + 1;
}

/** The share of runs, 0-1, that reach a score with the first to last of these answers. */
function shareReaching(score: number, runs: readonly Run[], first: number, last: number): number {
  const reached = runs.filter((run) => {
    const answers = answersTo(score, run);
    return first <= answers && answers <= last;
  });
  return reached.length / runs.length;
}

export type Requirement = {
  p: number;
  reach: number;
  /** With which answer at the earliest (1 unless told) and at the latest. */
  from?: number;
  within: number;
  /** The share of students, 0-1, that must or may. */
  atLeast?: number;
  atMost?: number;
};

/** What must hold of 3,000 students a row, whatever the constants are. */
export const REQUIREMENTS: readonly Requirement[] = [
  { p: 1, reach: 70, from: 9, within: 12, atLeast: 1 },
  { p: 1, reach: 80, within: 16, atLeast: 1 },
  { p: 1, reach: 90, within: 20, atLeast: 1 },
  { p: 1, reach: 100, from: 20, within: 30, atLeast: 1 },
  { p: 0.95, reach: 90, within: 40, atLeast: 0.995 },
  { p: 0.95, reach: 100, within: 60, atLeast: 0.98 },
  { p: 0.9, reach: 90, within: 40, atLeast: 0.97 },
  { p: 0.9, reach: 100, within: 60, atLeast: 0.9 },
  { p: 0.7, reach: 90, within: 100, atMost: 0.35 },
  { p: 0.6, reach: 90, within: 100, atMost: 0.03 },
  { p: 0.6, reach: 80, within: 40, atMost: 0.06 },
  { p: 0.5, reach: 80, within: 100, atMost: 0.01 },
  { p: 0.25, reach: 50, within: 100, atMost: 0.01 },
];

export type Finding = { requirement: Requirement; share: number; holds: boolean };

export function checkRequirements(students: number, seed: number): Finding[] {
  const runs = new Map<number, Run[]>();
  return REQUIREMENTS.map((requirement) => {
    const { p, reach, from = 1, within, atLeast = 0, atMost = 1 } = requirement;
    const ofP = runs.get(p) ?? simulate({ p, students, seed });
    runs.set(p, ofP);
    const share = shareReaching(reach, ofP, from, within);
    return { requirement, share, holds: atLeast <= share && share <= atMost };
  });
}

export function describeRequirement({ reach, from, within, atLeast, atMost }: Requirement): string {
  const answers = from === undefined ? `within ${within}` : `within ${from}-${within}`;
  const share = atMost === undefined ? `>= ${percent(atLeast ?? 0)}` : `<= ${percent(atMost)}`;
  return `reach ${reach} ${answers}: ${share}`;
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** A small seeded generator of numbers 0 <= x < 1 (Tommy Ettinger's mulberry32, public domain). */
function mulberry32(seed: number): () => number {
  let a = seed | 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
