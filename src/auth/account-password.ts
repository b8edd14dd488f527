import { and, eq, isNull, type SQL } from "drizzle-orm";
import { users } from "../db/tables/users.ts";
import type { Services } from "../services.ts";
import { asFirstPassword, firstPasswords } from "./first-password.ts";
import type { PasswordCheck } from "./passwords.ts";

/** What an account has of its password: a hash, or of a first password its key, and the hash once it was used. */
export type AccountPassword = {
  readonly id: string;
  readonly passwordHash: string | null;
  readonly firstPasswordKey: string | null;
};

/** Whether this is the account's password. One hash is made in any case, for an account that there is not too. */
export async function checkPassword(
  { passwords, settings }: Services,
  typed: string,
  account: AccountPassword | undefined,
): Promise<PasswordCheck> {
  if (!account || account.firstPasswordKey === null) return passwords.check(typed, account?.passwordHash ?? undefined);
  // What has no letter or digit is hashed as it is: it is wrong, and takes as long.
  const password = asFirstPassword(typed) || typed;
  if (account.passwordHash !== null) return passwords.check(password, account.passwordHash);
  const [first] = await firstPasswords(settings.TOKEN_SECRET, [account]);
  return first ? passwords.compare(password, asFirstPassword(first)) : passwords.check(password, undefined);
}

/**
 * Whether an account still has the password that it was read with, as a condition on a row of users. Every first password
 * has a key of its own, so that its hash may be stored meanwhile.
 */
export const stillHas = ({ id, passwordHash, firstPasswordKey }: AccountPassword): SQL =>
  and(
    eq(users.id, id),
    firstPasswordKey === null
      ? and(isNull(users.firstPasswordKey), eq(users.passwordHash, passwordHash ?? ""))
      : eq(users.firstPasswordKey, firstPasswordKey),
  ) as SQL;
