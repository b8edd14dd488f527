import { and, eq, exists, ne } from "drizzle-orm";
import { refreshFamilies, users } from "../db/tables/users.ts";
import type { Principal } from "../http/access-token.ts";
import { badFields } from "../http/errors.ts";
import type { Services } from "../services.ts";
import { type AccountPassword, checkPassword, stillHas } from "./account-password.ts";
import { endSignIns } from "./end-sign-ins.ts";
import { accountGone } from "./faults.ts";

type ChangePassword = {
  readonly services: Services;
  readonly principal: Principal;
  readonly currentPassword: string;
  readonly newPassword: string;
  /** Resolves when the sign-in limits allow it, rejects when they do not. */
  readonly admitted: Promise<void>;
};

const wrongPassword = () => badFields([{ path: "current_password", message: "is not your current password" }]);

/**
 * Changes the caller's password and ends every sign-in but the one that the caller's token came from. A wrong current
 * password is a `validation_error` of that field: the caller is signed in, so neither 401 nor 403 would be true.
 */
export async function changePassword(change: ChangePassword): Promise<void> {
  const { services, principal } = change;
  const [account] = await Promise.all([readPassword(services, principal.userId), change.admitted]);
  if (!account) throw accountGone();
  const check = await checkPassword(services, change.currentPassword, account);
  if (!check.matches) throw wrongPassword();
  const newHash = await services.passwords.hash(change.newPassword);
  const isChanged = await storeNewHash(services, principal, { from: account, to: newHash });
  if (!isChanged) throw wrongPassword();
}

async function readPassword({ db }: Services, userId: string): Promise<AccountPassword | undefined> {
  const [account] = await db.query
    .select({ id: users.id, passwordHash: users.passwordHash, firstPasswordKey: users.firstPasswordKey })
    .from(users)
    .where(and(eq(users.id, userId), users.isActive));
  return account;
}

/**
 * Two statements in one transaction: the first locks the user's row and waits for sign-ins with the old password that
 * are under way, the second sees and ends them. False where the password has become another one meanwhile.
 */
async function storeNewHash(
  { db: { query } }: Services,
  { userId, familyId }: Principal,
  { from, to }: { from: AccountPassword; to: string },
): Promise<boolean> {
  const changedUser = query
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, userId), eq(users.passwordHash, to)));
  const others = familyId === undefined ? undefined : ne(refreshFamilies.id, familyId);
  const [changed] = await query.batch([
    query
      .update(users)
      .set({ passwordHash: to, firstPasswordKey: null })
      .where(stillHas(from))
      .returning({ id: users.id }),
    endSignIns(query, userId, and(others, exists(changedUser))),
  ]);
  return changed.length > 0;
}
