import { and, eq, isNotNull, lte, or, sql } from "drizzle-orm";
import { refreshFamilies, users } from "../db/tables/users.ts";
import type { Services } from "../services.ts";
import { checkPassword, stillHas } from "./account-password.ts";
import { wrongCredentials } from "./faults.ts";
import type { TokensDto } from "./schemas.ts";
import { newSignIn, type SignIn, toTokensDto } from "./sign-in.ts";
import type { UserRow } from "./user-dto.ts";

/** What a person signs in by: e-mail or username, in whatever case. */
export type AccountName = { readonly email: string } | { readonly username: string };

type Login = {
  readonly services: Services;
  readonly name: AccountName;
  readonly password: string;
  /** Resolves when the sign-in limits allow it, rejects when they do not. */
  readonly admitted: Promise<void>;
  readonly nowMs: number;
};

/**
 * Signs in. An unknown name, a wrong password and a deactivated account get one answer after the same work. Nothing is
 * hashed before the limits have been asked; they are asked while the account is looked up.
 */
export async function login({ services, name, password, admitted, nowMs }: Login): Promise<TokensDto> {
  const [user] = await Promise.all([findAccount(services, name), admitted]);
  const check = await checkPassword(services, password, user);
  if (!check.matches || !user?.isActive) throw wrongCredentials();
  const signIn = await newSignIn(services.settings, nowMs);
  const isStored = await storeSignIn(services, user, signIn, check.renewed);
  if (!isStored) throw wrongCredentials();
  const { familyId, refreshToken } = signIn;
  return toTokensDto({ services, user, familyId, refreshToken, nowMs });
}

async function findAccount({ db }: Services, name: AccountName): Promise<UserRow | undefined> {
  const isNamed =
    "email" in name
      ? eq(sql`lower(${users.email})`, sql`lower(${name.email})`)
      : eq(sql`lower(${users.username})`, sql`lower(${name.username})`);
  const [user] = await db.query.select().from(users).where(isNamed);
  return user;
}

/**
 * Stores a sign-in, drops the user's expired and ended ones, and keeps the hash where it was made anew. False, with
 * nothing stored, where the password was changed or the account deactivated since it was read: the lock waits for a
 * change under way, and a change that comes after sees this sign-in and ends it.
 */
async function storeSignIn(
  { db: { query } }: Services,
  user: UserRow,
  signIn: SignIn,
  renewedHash: string | undefined,
): Promise<boolean> {
  const { familyId, secretId, tokenHash, createdAt, expiresAt } = signIn;
  const isStill = stillHas(user);
  // Who is to keep a hash locks the row as that will: two who share it would wait for each other.
  const lock = sql.raw(renewedHash === undefined ? "share" : "no key update");
  const store = query.execute(sql`
    with family as (
      insert into refresh_families (id, user_id, secret_id, created_at, expires_at)
      select ${familyId}::uuid, ${users.id}, ${secretId}, ${createdAt.toISOString()}::timestamptz, ${expiresAt.toISOString()}::timestamptz
      from ${users} where ${users.isActive} and ${isStill}
      for ${lock}
      returning id
    )
    insert into refresh_tokens (token_hash, family_id, generation)
    select ${tokenHash}, id, 0 from family
    returning family_id`);
  const dropOld = query
    .delete(refreshFamilies)
    .where(
      and(
        eq(refreshFamilies.userId, user.id),
        or(lte(refreshFamilies.expiresAt, createdAt), isNotNull(refreshFamilies.endedAt)),
      ),
    );
  const keepRenewed = query
    .update(users)
    .set({ passwordHash: renewedHash ?? user.passwordHash })
    .where(isStill);
  const [stored] = await query.batch(renewedHash === undefined ? [store, dropOld] : [store, dropOld, keepRenewed]);
  return stored.rows.length > 0;
}
