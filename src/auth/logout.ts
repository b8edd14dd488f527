import { and, eq, inArray, isNull } from "drizzle-orm";
import { refreshFamilies, refreshTokens } from "../db/tables/users.ts";
import type { Services } from "../services.ts";
import { isRefreshToken, tokenHash } from "./refresh-token.ts";

type Logout = { readonly services: Services; readonly refreshToken: string; readonly nowMs: number };

/**
 * Ends the sign-in that this token belongs to, whichever of its tokens it is. A token that is unknown or ended already
 * is no error: what the caller wants is so.
 */
export async function logout({ services, refreshToken, nowMs }: Logout): Promise<void> {
  if (!isRefreshToken(refreshToken)) return;
  const { query } = services.db;
  const family = query
    .select({ id: refreshTokens.familyId })
    .from(refreshTokens)
    .where(eq(refreshTokens.tokenHash, await tokenHash(refreshToken)));
  await query
    .update(refreshFamilies)
    .set({ endedAt: new Date(nowMs) })
    .where(and(inArray(refreshFamilies.id, family), isNull(refreshFamilies.endedAt)));
}
