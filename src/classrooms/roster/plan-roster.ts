import { folded, foldedName } from "./folded.ts";
import { faultAt, type GoodRow } from "./read-rows.ts";
import type { RosterFault } from "./schemas.ts";

/** A student's account, as far as a roster goes. */
export type Pupil = {
  readonly id: string;
  readonly fullName: string;
  readonly gradeLevel: number | null;
  /** Null of a student who signs in by e-mail. */
  readonly username: string | null;
  readonly firstPasswordKey: string | null;
};

/** Who has a username: whether the teacher teaches them, and whether they are in as many classes as one may. */
type Known = Pupil & { readonly isTaught: boolean; readonly isInMost: boolean };

/** What a roster meets. */
export type KnownPupils = {
  /** The students of the class. */
  readonly inClass: readonly Pupil[];
  /** Who has a username that was asked for, by it in lower case. */
  readonly byUsername: ReadonlyMap<string, Known>;
};

export type NewPupil = { readonly fullName: string; readonly gradeLevel: number; readonly username: string };

/** What becomes of a row. */
export type PlannedRow =
  | { readonly row: number; readonly action: "create"; readonly pupil: NewPupil }
  | { readonly row: number; readonly action: "enrol" | "none"; readonly pupil: Pupil };

type Plan = { readonly planned: readonly PlannedRow[]; readonly faults: readonly RosterFault[] };

/**
 * Decides what becomes of each row. A row is the pupil who has its username, in this class or another of the teacher's;
 * without one, the pupil of the class who has its name and grade; else somebody new.
 *
 * @param usernames what a row's name can have as a username, the nicest first
 */
export function planRoster(
  rows: readonly GoodRow[],
  known: KnownPupils,
  usernames: (row: GoodRow) => readonly string[],
): Plan {
  const given = rows.flatMap(({ username }) => username ?? []);
  const used = new Set([...known.byUsername.keys(), ...given]);
  const inClass = Map.groupBy(known.inClass, folded);
  const classIds = new Set(known.inClass.map(({ id }) => id));

  const plan = (each: GoodRow): PlannedRow | RosterFault => {
    const { row, fullName, gradeLevel, username } = each;
    if (username !== undefined) {
      const owner = known.byUsername.get(username);
      if (!owner) return { row, action: "create", pupil: { fullName, gradeLevel, username } };
      const isInClass = classIds.has(owner.id);
      // Whose it is, only who teaches them learns.
      if (!isInClass && !owner.isTaught) return faultAt(row, "username", "is taken: choose another");
      if (foldedName(owner.fullName) !== foldedName(fullName)) {
        return faultAt(row, "username", `is that of ${owner.fullName}`);
      }
      if (isInClass) return { row, action: "none", pupil: owner };
      if (owner.isInMost) return faultAt(row, "username", "is that of a pupil who is in as many classes as one may");
      return { row, action: "enrol", pupil: owner };
    }
    const [pupil, ...others] = inClass.get(folded(each)) ?? [];
    if (others.length > 0) return faultAt(row, "username", "is needed: the class has several of this name and grade");
    if (pupil) return { row, action: "none", pupil };
    const made = usernames(each).find((name) => !used.has(name));
    if (made === undefined) return faultAt(row, "username", "is needed: none could be made from this name");
    used.add(made);
    return { row, action: "create", pupil: { fullName, gradeLevel, username: made } };
  };

  const outcomes = rows.map(plan);
  const planned = outcomes.filter((outcome) => "action" in outcome);
  return { planned, faults: [...outcomes.filter((outcome) => "column" in outcome), ...sameTwice(planned)] };
}

/** Two rows that are one pupil: one by the username, the other by the name. */
function sameTwice(planned: readonly PlannedRow[]): RosterFault[] {
  const rowOf = new Map<string, number>();
  return planned.flatMap((each) => {
    if (each.action === "create") return [];
    const earlier = rowOf.get(each.pupil.id);
    rowOf.set(each.pupil.id, earlier ?? each.row);
    return earlier === undefined ? [] : [faultAt(each.row, "", `is the same pupil as row ${earlier}`)];
  });
}
