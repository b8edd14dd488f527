import { v7 as uuidV7 } from "uuid";
import type { Settings } from "../env.ts";
import type { Services } from "../services.ts";
import { newRefreshToken, secretId, tokenHash } from "./refresh-token.ts";
import type { TokensDto } from "./schemas.ts";
import { toUserDto, type UserRow } from "./user-dto.ts";

/** One sign-in: the family that all its refresh tokens belong to, and the first of them. */
export type SignIn = {
  readonly familyId: string;
  readonly refreshToken: string;
  readonly tokenHash: string;
  readonly secretId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

/** A new sign-in, not yet stored: good for JWT_REFRESH_TTL_SEC in all, derived by the newest secret. */
export async function newSignIn(settings: Settings, nowMs: number): Promise<SignIn> {
  const [newestSecret] = settings.TOKEN_SECRET;
  if (newestSecret === undefined) throw new Error("TOKEN_SECRET holds no secret");
  const refreshToken = newRefreshToken();
  return {
    familyId: uuidV7(),
    refreshToken,
    tokenHash: await tokenHash(refreshToken),
    secretId: await secretId(newestSecret),
    createdAt: new Date(nowMs),
    expiresAt: new Date(nowMs + settings.JWT_REFRESH_TTL_SEC * 1000),
  };
}

type Signed = {
  readonly services: Services;
  readonly user: UserRow;
  readonly familyId: string;
  readonly refreshToken: string;
  readonly nowMs: number;
};

/** What a client gets when it has signed in or refreshed. */
export async function toTokensDto({ services, user, familyId, refreshToken, nowMs }: Signed): Promise<TokensDto> {
  const principal = { userId: user.id, role: user.role, familyId };
  return {
    access_token: await services.tokens.issue(principal, nowMs),
    refresh_token: refreshToken,
    token_type: "bearer",
    expires_in: services.settings.JWT_ACCESS_TTL_SEC,
    user: toUserDto(user),
  };
}
