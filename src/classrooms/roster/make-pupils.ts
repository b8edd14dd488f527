import { and, eq, sql } from "drizzle-orm";
import { v7 as uuidV7 } from "uuid";
import { newFirstPasswordKeys } from "../../auth/first-password.ts";
import { inOneBatch } from "../../db/batch.ts";
import { pgError } from "../../db/errors.ts";
import { idsIn } from "../../db/ids-in.ts";
import { classrooms, enrolments, users } from "../../db/tables.ts";
import type { Principal } from "../../http/access-token.ts";
import type { Services } from "../../services.ts";
import { isStudent } from "../students/enrolment-rules.ts";
import { enrolmentSteps } from "../students/enrolment-steps.ts";
import { rollChanged } from "../students/roll-changed.ts";
import { isOpenAndTaughtBy } from "../teaching.ts";
import { type RosterClass, stateOfClass } from "./known-pupils.ts";
import type { PlannedRow, Pupil } from "./plan-roster.ts";

/** A row and the account that it has. */
export type DoneRow = { readonly row: number; readonly action: PlannedRow["action"]; readonly pupil: Pupil };

/**
 * Makes and enrols who is planned, all or nobody; undefined, with nothing done, where the class or a username is not as it
 * was when that was planned. One round trip, whatever the number.
 */
export async function makePupils(
  services: Services,
  principal: Principal,
  { id: classroomId, timeZone, school, state }: RosterClass,
  planned: readonly PlannedRow[],
): Promise<DoneRow[] | undefined> {
  const done = await withAccounts(services, planned);
  const coming = done.filter(({ action }) => action !== "none");
  if (coming.length === 0) return done;
  const { query } = services.db;
  const created = coming.filter(({ action }) => action === "create").map(({ pupil }) => pupil);
  const ids = idsIn(coming.map(({ pupil }) => pupil.id));
  const students = sql`select ${users.id} from ${users} where ${users.id} in (${ids}) and ${isStudent}`;
  const steps = enrolmentSteps(query, { classroomId, students });
  const isAsPlanned = and(
    eq(classrooms.id, classroomId),
    isOpenAndTaughtBy(query, principal.userId),
    sql`${stateOfClass} = ${state}`,
  );
  try {
    const { enrol } = await inOneBatch(query, {
      lock: steps.lock,
      // Divides by zero, which ends the transaction, where it is not.
      endUnlessAsPlanned: query.execute(
        sql`select 1 / (select count(*) from ${classrooms} where ${isAsPlanned})::integer`,
      ),
      // In the order of the names: two rosters that want the same ones wait for each other, and never in a circle.
      create: query.execute(sql`
        insert into ${users} (id, username, first_password_key, full_name, role, grade_level, school)
        select id, username, key, full_name, 'STUDENT', grade_level, ${school}::text
        from jsonb_to_recordset(${JSON.stringify(created.map(toJson))}::jsonb)
          as pupil (id uuid, username text, key text, full_name text, grade_level smallint)
        order by username`),
      holdRoles: steps.holdRoles,
      lockMarks: steps.lockMarks,
      enrol: steps.enrol,
      // The same unless all are in the class: one of them was brought into as many others as one may be in, or is no student any more.
      endUnlessAllCame: query.execute(sql`
        select 1 / (count(*) = ${coming.length})::integer from ${enrolments}
        where ${enrolments.classroomId} = ${classroomId} and ${enrolments.studentId} in (${ids})`),
      give: steps.give,
    });
    rollChanged(services, { classroomId, timeZone, studentIds: enrol.rows.map(({ student_id }) => student_id) });
    return done;
  } catch (failure) {
    if (MET_OTHERS.has(pgError(failure)?.code ?? "")) return undefined;
    throw failure;
  }
}

/** SQLSTATEs of who was overtaken: the class has changed, a username is taken, an account is gone, a deadlock. */
const MET_OTHERS = new Set(["22012", "23505", "23503", "40P01"]);

async function withAccounts({ settings }: Services, planned: readonly PlannedRow[]): Promise<DoneRow[]> {
  const keys = await newFirstPasswordKeys(settings.TOKEN_SECRET, planned.length);
  return planned.map((each, index) => {
    if (each.action !== "create") return each;
    const pupil = { ...each.pupil, id: uuidV7(), firstPasswordKey: keys[index] ?? null };
    return { row: each.row, action: each.action, pupil };
  });
}

const toJson = ({ id, username, firstPasswordKey, fullName, gradeLevel }: Pupil) => ({
  id,
  username,
  key: firstPasswordKey,
  full_name: fullName,
  grade_level: gradeLevel,
});
