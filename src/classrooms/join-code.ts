import { and, eq } from "drizzle-orm";
import { classrooms } from "../db/tables.ts";
import type { Principal } from "../http/access-token.ts";
import type { Services } from "../services.ts";
import { isOpenAndTaughtBy, lockClassroom, requireTeacher, standingOf } from "./teaching.ts";
import { withJoinCode } from "./with-join-code.ts";

/** Gives a class of the caller's another join code: the one before lets nobody in any more. One round trip. */
export const renewJoinCode = (services: Services, principal: Principal, id: string): Promise<string> =>
  withJoinCode(async (code) => {
    await setJoinCode(services, principal, id, code);
    return code;
  });

/** Takes the join code of a class of the caller's back, if it has one: nobody joins until it gets another. */
export const revokeJoinCode = (services: Services, principal: Principal, id: string): Promise<void> =>
  setJoinCode(services, principal, id, null);

async function setJoinCode({ db: { query } }: Services, principal: Principal, id: string, joinCode: string | null) {
  const [, [row]] = await query.batch([
    lockClassroom(query, id),
    standingOf(query, principal, id),
    query
      .update(classrooms)
      .set({ joinCode })
      .where(and(eq(classrooms.id, id), isOpenAndTaughtBy(query, principal.userId))),
  ]);
  requireTeacher(row, { toChange: true });
}
