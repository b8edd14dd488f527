import { v7 as uuidV7 } from "uuid";
import { isUniqueViolation } from "../db/errors.ts";
import { refreshFamilies, refreshTokens, users } from "../db/tables/users.ts";
import { ApiError } from "../http/errors.ts";
import type { Role } from "../http/roles.ts";
import type { Services } from "../services.ts";
import type { TokensDto } from "./schemas.ts";
import { newSignIn, toTokensDto } from "./sign-in.ts";

type Registration = {
  readonly services: Services;
  readonly email: string;
  readonly password: string;
  readonly fullName: string;
  readonly role: Role;
  readonly gradeLevel: number | null;
  readonly school: string | null;
  /** Resolves when the sign-in limits allow it, rejects when they do not. */
  readonly admitted: Promise<void>;
  readonly nowMs: number;
};

/**
 * Makes an account and signs it in. Anyone may be a STUDENT or a PARENT, the rest is `forbidden`; an e-mail that is
 * taken, in whatever case, is a `conflict`, of two at once too: the unique index decides.
 */
export async function register(registration: Registration): Promise<TokensDto> {
  const { services, email, password, role, nowMs } = registration;
  await registration.admitted;
  if (role === "TEACHER" || role === "ADMIN") {
    throw new ApiError("forbidden", "Teachers and admins are made by an admin. Register as STUDENT or PARENT.");
  }
  const { query } = services.db;
  const signIn = await newSignIn(services.settings, nowMs);
  const row = {
    id: uuidV7(),
    email,
    passwordHash: await services.passwords.hash(password),
    fullName: registration.fullName,
    role,
    gradeLevel: registration.gradeLevel,
    school: registration.school,
    createdAt: new Date(nowMs),
  };
  const { familyId, refreshToken, tokenHash, ...family } = signIn;
  try {
    const [[user]] = await query.batch([
      query.insert(users).values(row).returning(),
      query.insert(refreshFamilies).values({ id: familyId, userId: row.id, ...family }),
      query.insert(refreshTokens).values({ tokenHash, familyId, generation: 0 }),
    ]);
    if (!user) throw new Error("an insert returned no row");
    return await toTokensDto({ services, user, familyId, refreshToken, nowMs });
  } catch (error) {
    if (isUniqueViolation(error, "users_email_key")) {
      throw new ApiError("conflict", "There is an account with this e-mail already. Sign in instead.");
    }
    throw error;
  }
}
