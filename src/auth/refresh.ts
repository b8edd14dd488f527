import { and, eq, exists, gt, inArray, isNull, type SQLWrapper, sql } from "drizzle-orm";
import { refreshFamilies, refreshTokens, users } from "../db/tables/users.ts";
import { log } from "../http/log.ts";
import type { Services } from "../services.ts";
import { badRefreshToken } from "./faults.ts";
import { isRefreshToken, secretId, successorOf, tokenHash } from "./refresh-token.ts";
import type { TokensDto } from "./schemas.ts";
import { toTokensDto } from "./sign-in.ts";

type Refresh = { readonly services: Services; readonly refreshToken: string; readonly nowMs: number };

/**
 * New tokens for a refresh token. Its successor is derived from it, so that a client who lost the reply, or never
 * stores the new one, may come back with the same token until the successor is first used. An older one ends the whole
 * family: somebody else has it. Every refusal is one answer.
 */
export async function refresh({ services, refreshToken, nowMs }: Refresh): Promise<TokensDto> {
  if (!isRefreshToken(refreshToken)) throw badRefreshToken();
  const successors = await Promise.all(
    services.settings.TOKEN_SECRET.map(async (secret) => {
      const token = await successorOf(refreshToken, secret);
      return { secretId: await secretId(secret), token, hash: await tokenHash(token) };
    }),
  );
  const shown = await showToken(services, await tokenHash(refreshToken), successors, new Date(nowMs));
  if (!shown) throw badRefreshToken();
  if (shown.endedAt !== null) {
    log("warn", "refresh_token_reused", { family_id: shown.familyId });
    throw badRefreshToken();
  }
  const successor = successors.find(({ secretId }) => secretId === shown.secretId);
  if (!successor) throw new Error("a family was read whose secret is not among those asked for");
  const { user, familyId } = shown;
  return toTokensDto({ services, user, familyId, refreshToken: successor.token, nowMs });
}

type Successor = { readonly secretId: string; readonly hash: string };

/**
 * One statement. The update is what decides: it locks the family's row, so that of two refreshes at once the second
 * decides on what the first has left (tokens never change, so the snapshot from before the wait does not matter). No row
 * where the token is unknown or its family expired, ended, of a withdrawn secret or of a deactivated user.
 */
async function showToken({ db }: Services, hash: string, successors: readonly Successor[], now: Date) {
  const { query } = db;
  const moment = sql`${now.toISOString()}::timestamptz`;

  const shown = query
    .$with("shown")
    .as(
      query
        .select({ familyId: refreshTokens.familyId, generation: refreshTokens.generation })
        .from(refreshTokens)
        .where(eq(refreshTokens.tokenHash, hash)),
    );
  const family = query.$with("family").as(
    query
      .update(refreshFamilies)
      .set({
        usedGeneration: sql`greatest(${refreshFamilies.usedGeneration}, ${shown.generation})`,
        endedAt: sql`case when ${shown.generation} < ${refreshFamilies.usedGeneration} then ${moment} end`,
      })
      .from(shown)
      .where(
        and(
          eq(refreshFamilies.id, shown.familyId),
          isNull(refreshFamilies.endedAt),
          gt(refreshFamilies.expiresAt, now),
          inArray(
            refreshFamilies.secretId,
            successors.map(({ secretId }) => secretId),
          ),
          exists(
            query
              .select({ id: users.id })
              .from(users)
              .where(and(eq(users.id, refreshFamilies.userId), users.isActive)),
          ),
        ),
      )
      .returning({
        familyId: sql<string>`${refreshFamilies.id}`.as("family_id"),
        userId: refreshFamilies.userId,
        secretId: refreshFamilies.secretId,
        endedAt: refreshFamilies.endedAt,
        generation: shown.generation,
      }),
  );
  const successor = query.$with("successor").as(
    query
      .insert(refreshTokens)
      .select(
        query
          .select({
            tokenHash: hashFor(family.secretId, successors).as("token_hash"),
            familyId: family.familyId,
            generation: sql<number>`${family.generation} + 1`.as("generation"),
          })
          .from(family)
          .where(isNull(family.endedAt)),
      )
      .onConflictDoNothing()
      .returning({ tokenHash: refreshTokens.tokenHash }),
  );
  const [row] = await query
    .with(shown, family, successor)
    .select({ user: users, familyId: family.familyId, secretId: family.secretId, endedAt: family.endedAt })
    .from(family)
    .innerJoin(users, eq(users.id, family.userId));
  return row;
}

/** The hash of the successor that the family's own secret derives. */
function hashFor(familySecretId: SQLWrapper, successors: readonly Successor[]) {
  const cases = successors.map(({ secretId, hash }) => sql`when ${secretId} then ${hash}`);
  return sql<string>`case ${familySecretId} ${sql.join(cases, sql` `)} end`;
}
