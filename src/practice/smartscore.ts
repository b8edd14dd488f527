/**
 * SmartScore: a whole number 0-100 that says how well one student masters one skill.
 *
 * Pure: the same answers give the same score, so any session can be replayed and any change explained. Only + - * / and
 * rounding are used, so that every engine computes the same. `npm run bench:smartscore` shows what a change to one of the
 * constants does to students of every kind.
 */

export const ZONES = ["LEARNING", "REFINING", "CHALLENGE"] as const;

export type Zone = (typeof ZONES)[number];

/** The lowest score of each zone. */
export const ZONE_FROM = { LEARNING: 0, REFINING: 70, CHALLENGE: 90 } as const satisfies Record<Zone, number>;

/** How hard a question is, the easiest first. */
export const LEVELS = [1, 2, 3, 4, 5] as const;

export type Level = (typeof LEVELS)[number];

/** All that the next change depends on; plain JSON. */
export type ScoreState = {
  /** 0-100, whole. */
  score: number;
  /** Right answers in a row, up to and including the last one. */
  streak: number;
  /** Exponentially weighted share of right answers, 0-1, with four decimals. */
  recentAccuracy: number;
};

export type Answer = { correct: boolean; level: Level };

export const CHANGE_REASONS = ["zone", "level", "streak", "recent_accuracy"] as const;

export type ChangeReason = (typeof CHANGE_REASONS)[number];

/** How far the score moved, what mainly decided how far, and one sentence that says so to a student. */
export type ScoreChange = { delta: number; reason: ChangeReason; message: string };

export const MASTERY_SCORE = 100;

/** Right answers in a row, this one included, that mastery takes on a question of each level. */
export const MASTERY_STREAK: Readonly<Record<Level, number>> = { 1: 6, 2: 7, 3: 8, 4: 9, 5: 10 };

/** Where a student who comes back after mastery starts. */
const AFTER_MASTERY_SCORE = 90;

/**
 * How much of the recent accuracy the newest answer makes up. Smaller remembers longer: it tells students of 0.9 and 0.7
 * apart more sharply, but forgives a bad stretch more slowly.
 */
const NEWEST_ANSWER_SHARE = 0.07;

/**
 * The recent accuracy that a session starts with. A new student's is generous, so that the first answers count in full
 * until they show otherwise. Of a student who comes back it is neutral: were it generous, starting session after session
 * would lift a score that answers do not. It is none of the last session's, so that any session can be replayed from its
 * own answers.
 */
const NEW_STUDENT_ACCURACY = 0.9;
const RETURNING_STUDENT_ACCURACY = 0.75;

/** What a right answer is worth by level, relative to the zone's usual level. Wider apart: harder questions pay more. */
const LEVEL_WORTH: Readonly<Record<Level, number>> = { 1: 0.8, 2: 1, 3: 1.15, 4: 1.3, 5: 1.45 };

/** What a change is when recent answers were good and when they were poor; between the two it is interpolated. */
type Range = { good: number; poor: number };

type ZoneRules = {
  /** The highest score that one right answer from inside the zone can reach. */
  reach: number;
  /** The levels to ask, the usual one first. */
  levels: readonly [Level, ...Level[]];
  /** The recent accuracy that a reason compares with: what one usually arrives here with. */
  usualAccuracy: number;
  /** Of a right answer at the usual level. */
  gain: (score: number) => Range;
  /** Recent accuracy at which a gain is as good and as poor as it gets. Higher: stricter. */
  gainAccuracy: Range;
  /** The most that a right answer gains, whatever its level; the least is 1. */
  mostGain: number;
  /** Of a wrong answer, at any level. */
  loss: (score: number) => Range;
  /** Recent accuracy at which a loss is as good (small) and as poor (large) as it gets. Higher: stricter. */
  lossAccuracy: Range;
};

const RULES: Readonly<Record<Zone, ZoneRules>> = {
  LEARNING: {
    reach: 72,
    levels: [2],
    usualAccuracy: NEW_STUDENT_ACCURACY,
    // 15 at score 0 and 3 at the border: a student who is always right crosses it with the 9th answer. The poor share holds
    // guessing down.
    gain: (score) => {
      const most = between(15, 3, score / ZONE_FROM.REFINING);
      return { good: most, poor: most * 0.15 };
    },
    gainAccuracy: { poor: 0.7, good: 0.9 },
    mostGain: MASTERY_SCORE,
    // From 1 at score 0 to 3 or 4 at the border: steeper sends students of 0.6 and 0.7 back more often.
    loss: (score) => ({
      good: between(1, 3, score / ZONE_FROM.REFINING),
      poor: between(1, 4.4, score / ZONE_FROM.REFINING),
    }),
    lossAccuracy: { poor: 0.7, good: 0.9 },
  },
  // The zone that tells 0.9 from 0.7: what a mistake costs decides more than what a right answer gains.
  REFINING: {
    reach: 92,
    levels: [3],
    usualAccuracy: 0.85,
    gain: () => ({ good: 3, poor: 1 }),
    gainAccuracy: { poor: 0.6, good: 0.75 },
    mostGain: 3,
    loss: () => ({ good: 4, poor: 8 }),
    lossAccuracy: { poor: 0.825, good: 0.9 },
  },
  CHALLENGE: {
    reach: MASTERY_SCORE,
    levels: [4, 5],
    usualAccuracy: 0.85,
    gain: () => ({ good: 2, poor: 1 }),
    gainAccuracy: { poor: 0.7, good: 0.95 },
    mostGain: 2,
    loss: () => ({ good: 3, poor: 8 }),
    lossAccuracy: { poor: 0.75, good: 0.85 },
  },
};

/** The zone of a SmartScore. */
export function zoneOf(score: number): Zone {
  if (score >= ZONE_FROM.CHALLENGE) return "CHALLENGE";
  if (score >= ZONE_FROM.REFINING) return "REFINING";
  return "LEARNING";
}

/** The levels to ask a student of this score, the usual one first. */
export function targetLevels(score: number): readonly [Level, ...Level[]] {
  return RULES[zoneOf(score)].levels;
}

/** The state of a session that starts at `start`, cut to a whole number 0-100. */
export function initialScore(start = 0): ScoreState {
  const recentAccuracy = start > 0 ? RETURNING_STUDENT_ACCURACY : NEW_STUDENT_ACCURACY;
  return { score: clamp(Math.floor(start), 0, MASTERY_SCORE), streak: 0, recentAccuracy };
}

/** Where a next session starts after one that ended at `lastScore`. */
export function carriedScore(lastScore: number): number {
  return lastScore >= MASTERY_SCORE ? AFTER_MASTERY_SCORE : lastScore;
}

/** The state after an answer, how far the score moved and why; the state given is left as it is. */
export function scoreAnswer(
  state: ScoreState,
  answer: Answer,
): { state: ScoreState; delta: number; change: ScoreChange } {
  const delta = answer.correct ? gainOf(state, answer.level) : 0 - lossOf(state);
  return {
    state: {
      score: state.score + delta,
      streak: answer.correct ? state.streak + 1 : 0,
      recentAccuracy: accuracyAfter(state.recentAccuracy, answer.correct),
    },
    delta,
    change: answer.correct ? explainGain(state, answer.level, delta) : explainLoss(state, delta),
  };
}

function gainOf(state: ScoreState, level: Level): number {
  const top = hasMasteryStreak(state, level) ? MASTERY_SCORE : MASTERY_SCORE - 1;
  return Math.max(0, Math.min(freeGain(state, level), top - state.score));
}

/** The gain before the mastery streak is asked for. */
function freeGain({ score, recentAccuracy }: ScoreState, level: Level): number {
  const rules = RULES[zoneOf(score)];
  const worth = LEVEL_WORTH[level] / LEVEL_WORTH[rules.levels[0]];
  const gain = Math.round(pick(rules.gain(score), rules.gainAccuracy, recentAccuracy) * worth);
  return Math.min(clamp(gain, 1, rules.mostGain), rules.reach - score);
}

function lossOf({ score, recentAccuracy }: ScoreState): number {
  const rules = RULES[zoneOf(score)];
  return Math.min(Math.round(pick(rules.loss(score), rules.lossAccuracy, recentAccuracy)), score);
}

function hasMasteryStreak(state: ScoreState, level: Level): boolean {
  return state.streak + 1 >= MASTERY_STREAK[level];
}

function accuracyAfter(accuracy: number, correct: boolean): number {
  const next = between(accuracy, correct ? 1 : 0, NEWEST_ANSWER_SHARE);
  return Math.round(next * 10_000) / 10_000;
}

function pick(range: Range, accuracy: Range, recentAccuracy: number): number {
  const form = clamp((recentAccuracy - accuracy.poor) / (accuracy.good - accuracy.poor), 0, 1);
  return between(range.poor, range.good, form);
}

function between(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

/** The main reason is what moves the change furthest from what the zone usually gives. */
function explainGain(state: ScoreState, level: Level, delta: number): ScoreChange {
  const zone = zoneOf(state.score);
  if (state.score === MASTERY_SCORE) {
    return { delta, reason: "zone", message: "You stay at 100: you have mastered this skill." };
  }
  if (state.score + delta === MASTERY_SCORE) {
    const message = `${signed(delta)}: ${state.streak + 1} right answers in a row, you have mastered this skill!`;
    return { delta, reason: "streak", message };
  }
  if (delta < freeGain(state, level)) {
    const rule = `mastery needs ${MASTERY_STREAK[level]} right answers in a row at this level, you have ${state.streak + 1}.`;
    return { delta, reason: "streak", message: `${delta === 0 ? "You stay at 99" : signed(delta)}: ${rule}` };
  }
  const byLevel = delta - freeGain(state, RULES[zone].levels[0]);
  const byAccuracy = delta - freeGain({ ...state, recentAccuracy: RULES[zone].usualAccuracy }, level);
  if (byLevel !== 0 && Math.abs(byLevel) >= Math.abs(byAccuracy)) {
    const message = byLevel > 0 ? "a harder question counts more." : "an easier question counts less.";
    return { delta, reason: "level", message: `${signed(delta)}: ${message}` };
  }
  if (byAccuracy !== 0) {
    const message =
      byAccuracy > 0
        ? "you got most of your last answers right, so this one counts more."
        : "with more right answers in a row, each one counts more again.";
    return { delta, reason: "recent_accuracy", message: `${signed(delta)}: ${message}` };
  }
  return { delta, reason: "zone", message: `${signed(delta)}: ${GAIN_BY_ZONE[zone]}` };
}

const GAIN_BY_ZONE: Readonly<Record<Zone, string>> = {
  LEARNING: "right answers count a lot while you are learning.",
  REFINING: `from ${ZONE_FROM.REFINING} on, you move up in small steps.`,
  CHALLENGE: `from ${ZONE_FROM.CHALLENGE} on, you move up in very small steps.`,
};

function explainLoss(state: ScoreState, delta: number): ScoreChange {
  if (delta === 0) {
    return { delta, reason: "zone", message: "You stay at 0: it cannot get lower, so just try the next one." };
  }
  const zone = zoneOf(state.score);
  const byAccuracy = delta + lossOf({ ...state, recentAccuracy: RULES[zone].usualAccuracy });
  if (byAccuracy !== 0) {
    const message =
      byAccuracy > 0
        ? "you got most of your last answers right, so this mistake costs less."
        : "mistakes cost less again after a few right answers in a row.";
    return { delta, reason: "recent_accuracy", message: `${signed(delta)}: ${message}` };
  }
  return { delta, reason: "zone", message: `${signed(delta)}: ${LOSS_BY_ZONE[zone]}` };
}

const LOSS_BY_ZONE: Readonly<Record<Zone, string>> = {
  LEARNING: "mistakes cost little while you are learning.",
  REFINING: `from ${ZONE_FROM.REFINING} on, mistakes cost more.`,
  CHALLENGE: `from ${ZONE_FROM.CHALLENGE} on, mistakes cost more.`,
};

/** With its sign, as programs write it: a character beyond Latin-1 makes the whole reply twice as long in memory. */
const signed = (delta: number) => (delta < 0 ? String(delta) : `+${delta}`);
