/** What comes before each skill. */
export type Needed = ReadonlyMap<number, ReadonlySet<number>>;

type Step = { readonly skill: number; readonly rest: Iterator<number> };

/** The skills of a circle that some of these lead into, each needing the next and the last the first; undefined where there is none. */
export function circleAmong(skills: Iterable<number>, needed: Needed): number[] | undefined {
  // Each skill is walked once, however many lead to it: a chain of thousands is as many steps.
  const met = new Set<number>();
  const way: Step[] = [];
  const onWay = new Set<number>();
  const enter = (skill: number) => {
    met.add(skill);
    onWay.add(skill);
    way.push({ skill, rest: (needed.get(skill) ?? new Set<number>()).values() });
  };
  for (const start of skills) {
    if (!met.has(start)) enter(start);
    for (let here = way.at(-1); here; here = way.at(-1)) {
      const { value: before, done } = here.rest.next();
      if (done) {
        onWay.delete(here.skill);
        way.pop();
      } else if (onWay.has(before))
        return way.slice(way.findIndex(({ skill }) => skill === before)).map(({ skill }) => skill);
      else if (!met.has(before)) enter(before);
    }
  }
  return undefined;
}
