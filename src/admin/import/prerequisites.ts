/** What comes before each skill. */
export type Needed = ReadonlyMap<number, ReadonlySet<number>>;

/** The skills of a circle that this one is part of, from itself to itself; undefined where there is none. */
export function circleThrough(start: number, needed: Needed): number[] | undefined {
  const cameFrom = new Map<number, number>();
  const waiting = [start];
  for (const skill of waiting) {
    for (const before of needed.get(skill) ?? []) {
      if (before === start) {
        const circle = [start];
        for (let at = skill; at !== start; at = cameFrom.get(at) ?? start) circle.unshift(at);
        return [start, ...circle];
      }
      if (cameFrom.has(before)) continue;
      cameFrom.set(before, skill);
      waiting.push(before);
    }
  }
  return undefined;
}
