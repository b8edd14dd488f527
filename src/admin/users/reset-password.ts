import { and, eq, exists } from "drizzle-orm";
import { endSignIns } from "../../auth/end-sign-ins.ts";
import { actingAs } from "../../db/acting-as.ts";
import { users } from "../../db/tables.ts";
import { noSuch } from "../faults.ts";
import type { Work } from "../work.ts";

/**
 * Gives an account another password and ends all its sign-ins; `not_found`. The second statement waits for sign-ins with
 * the old password that are under way, sees them and ends them too.
 */
export async function resetPassword({ services, actor }: Work, id: string, password: string): Promise<void> {
  const { query } = services.db;
  const passwordHash = await services.passwords.hash(password);
  const isChanged = query
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, id), eq(users.passwordHash, passwordHash)));
  const [, changed] = await query.batch([
    actingAs(query, actor),
    query
      .update(users)
      .set({ passwordHash, firstPasswordKey: null })
      .where(eq(users.id, id))
      .returning({ id: users.id }),
    endSignIns(query, id, exists(isChanged)),
  ]);
  if (changed.length === 0) throw noSuch("user");
}
