import { firstPasswords } from "../../auth/first-password.ts";
import { usernameBases, usernameCandidates } from "../../auth/usernames.ts";
import type { Principal } from "../../http/access-token.ts";
import { ApiError } from "../../http/errors.ts";
import type { Services } from "../../services.ts";
import { STUDENTS_A_CLASSROOM } from "../bounds.ts";
import { fullClassroom } from "../students/enrolment-rules.ts";
import { type RosterClass, readRosterClass } from "./known-pupils.ts";
import { type DoneRow, makePupils } from "./make-pupils.ts";
import { type PlannedRow, planRoster } from "./plan-roster.ts";
import { badRoster, checkRows, type GoodRow, type SentRow } from "./read-rows.ts";
import type { RosterFault, RosterReport } from "./schemas.ts";

type Roster = {
  readonly services: Services;
  readonly principal: Principal;
  readonly classroomId: string;
  readonly sent: readonly SentRow[];
};

/** How often it is planned anew because others changed the class or took a username meanwhile. */
const ATTEMPTS = 5;

/**
 * Makes an account for each pupil of a roster who has none and brings all of them into the class, or nobody where any row
 * is faulty; who is in it already stays as they are, so that a second time makes nobody. `validation_error` with every
 * fault, by row; `conflict` where the class is full, or others keep changing it. Two round trips.
 */
export async function takeRoster(roster: Roster): Promise<RosterReport> {
  const { services, principal } = roster;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { classroom, planned, faults } = await plan(roster);
    if (faults.length > 0) throw badRoster(faults);
    const done = await makePupils(services, principal, classroom, planned);
    if (done) return { ...counts(planned), dry_run: false, students: await shown(services, done) };
  }
  throw new ApiError("conflict", "Others are changing this class just now. Try again.");
}

/** What the same roster would do, and what is wrong with it; makes nobody. One round trip. */
export async function tryRoster(roster: Roster): Promise<RosterReport> {
  const { planned, faults } = await plan(roster);
  const students = planned.map(({ row, action, pupil }) => ({
    row,
    action,
    student_id: "id" in pupil ? pupil.id : null,
    full_name: pupil.fullName,
    grade_level: pupil.gradeLevel,
    username: pupil.username,
    password: null,
  }));
  return { ...counts(planned), dry_run: true, students, faults: [...faults] };
}

type Planned = {
  readonly classroom: RosterClass;
  readonly planned: readonly PlannedRow[];
  readonly faults: readonly RosterFault[];
};

async function plan({ services, principal, classroomId, sent }: Roster): Promise<Planned> {
  const { rows, faults } = checkRows(sent);
  const candidates = await usernamesFor(rows);
  const asked = [...rows.flatMap(({ username }) => username ?? []), ...[...new Set(candidates.values())].flat()];
  const classroom = await readRosterClass(services, principal, classroomId, asked);
  const { planned, faults: further } = planRoster(rows, classroom, (row) => candidates.get(row) ?? []);
  const found = [...faults, ...further].toSorted((a, b) => a.row - b.row);
  const coming = planned.filter(({ action }) => action !== "none").length;
  const isTooMany = coming > 0 && classroom.inClass.length + coming > STUDENTS_A_CLASSROOM;
  if (isTooMany && found.length === 0) throw fullClassroom();
  return { classroom, planned, faults: found };
}

/** The usernames that each row's name can have, where it has none: those of one base share theirs. */
async function usernamesFor(rows: readonly GoodRow[]): Promise<Map<GoodRow, readonly string[]>> {
  const nameless = rows.filter(({ username }) => username === undefined);
  if (nameless.length === 0) return new Map();
  const bases = await usernameBases(nameless.map(({ fullName }) => fullName));
  const ofBase = Map.groupBy(nameless, (_, index) => bases[index] ?? "");
  return new Map(
    [...ofBase].flatMap(([base, sharing]) => {
      const candidates = usernameCandidates(base, sharing.length, Math.random);
      return sharing.map((row) => [row, candidates] as const);
    }),
  );
}

function counts(planned: readonly PlannedRow[]) {
  const count = (wanted: PlannedRow["action"]) => planned.filter(({ action }) => action === wanted).length;
  return { created: count("create"), enrolled: count("enrol"), unchanged: count("none") };
}

async function shown({ settings }: Services, done: readonly DoneRow[]): Promise<RosterReport["students"]> {
  const passwords = await firstPasswords(
    settings.TOKEN_SECRET,
    done.map(({ pupil }) => pupil),
  );
  return done.map(({ row, action, pupil }, index) => ({
    row,
    action,
    student_id: pupil.id,
    full_name: pupil.fullName,
    grade_level: pupil.gradeLevel,
    username: pupil.username,
    password: passwords[index] ?? null,
  }));
}
