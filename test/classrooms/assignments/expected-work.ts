/** Something that counts: an answer with the SmartScore that it led to, or active time alone. */
export type Deed = {
  readonly skillId: number;
  readonly atMs: number;
  readonly day: string;
  readonly creditMs: number;
  readonly scoreAfter: number | null;
};

export type ExpectedWork = {
  readonly skillId: number;
  readonly assignedAtMs: number;
  /** How many of the student's deeds were on record when they got the assignment. */
  readonly heldFrom: number;
  readonly best: number;
  readonly last: number;
  readonly questions: number;
  readonly activeMs: number;
  readonly completedAtMs: number | null;
  readonly lastActivityMs: number | null;
};

type Held = Pick<ExpectedWork, "skillId" | "assignedAtMs" | "heldFrom">;

/**
 * A student's work on an assignment, worked out from all that they did, one deed after the other. `completedAtMs` is what
 * it was before: it stays, or becomes the first answer that reaches the target of now.
 */
export function expectedWork(
  deeds: readonly Deed[],
  { skillId, assignedAtMs, heldFrom }: Held,
  { target, completedAtMs }: { target: number; completedAtMs: number | null },
): ExpectedWork {
  let [best, last, questions, activeMs, firstMs, lastActivityMs] = [
    0,
    0,
    0,
    0,
    null as number | null,
    null as number | null,
  ];
  for (const [index, deed] of deeds.entries()) {
    if (deed.skillId !== skillId || deed.atMs < assignedAtMs) continue;
    lastActivityMs = deed.atMs;
    if (index >= heldFrom) activeMs += deed.creditMs;
    if (deed.scoreAfter === null) continue;
    questions += 1;
    last = deed.scoreAfter;
    if (last > best) best = last;
    if (last >= target && firstMs === null) firstMs = deed.atMs;
  }
  activeMs += timeBeforeHeld(deeds.slice(0, heldFrom), skillId, assignedAtMs);
  return {
    skillId,
    assignedAtMs,
    heldFrom,
    best,
    last,
    questions,
    activeMs,
    completedAtMs: completedAtMs ?? firstMs,
    lastActivityMs,
  };
}

/** Time since the assignment of who got it later: by days, of which the first may be shared out by its answers. */
function timeBeforeHeld(deeds: readonly Deed[], skillId: number, assignedAtMs: number): number {
  let total = 0;
  for (const day of new Set(deeds.map((deed) => deed.day))) {
    const ofDay = deeds.filter((deed) => deed.day === day && deed.skillId === skillId);
    if (!ofDay.some(({ atMs }) => atMs >= assignedAtMs)) continue;
    let [dayMs, answers, since] = [0, 0, 0];
    for (const { creditMs, scoreAfter, atMs } of ofDay) {
      dayMs += creditMs;
      if (scoreAfter === null) continue;
      answers += 1;
      if (atMs >= assignedAtMs) since += 1;
    }
    total += since === answers ? dayMs : Math.floor((dayMs * since) / answers);
  }
  return total;
}
