import { createLocalJWKSet, importJWK, type JSONWebKeySet, type JWK, jwtVerify, SignJWT } from "jose";
import { isRole, type Role } from "./roles.ts";

/** Who is calling, as their access token says; nothing here was looked up. */
export type Principal = {
  readonly userId: string;
  readonly role: Role;
  /** The sign-in that the token came from, as its refresh tokens' family; none where no sign-in made it. */
  readonly familyId?: string | undefined;
};

/** Who a good token names, and when it runs out. */
export type VerifiedPrincipal = Principal & { readonly expiresAtMs: number };

export type AccessTokenSettings = {
  /** Private Ed25519 keys, each with a `kid`: the first signs, all verify. */
  readonly keys: readonly JWK[];
  readonly issuer: string;
  readonly audience: string;
  readonly ttlSec: number;
};

export type AccessTokens = {
  issue(principal: Principal, nowMs: number): Promise<string>;
  /** The principal of a token that was found good here before and still is, at once; of any other undefined. */
  known(token: string, nowMs: number): VerifiedPrincipal | undefined;
  /** The principal of a good token, undefined for any other: expired, tampered, of another type, issuer or audience. */
  verify(token: string, nowMs: number): Promise<VerifiedPrincipal | undefined>;
  /** The public halves of the keys, as `/.well-known/jwks.json` shows them (RFC 7517). */
  readonly publicKeys: JSONWebKeySet;
};

const ALGORITHM = "EdDSA";
const TYPE = "at+jwt"; // RFC 9068
/** Our own claim beside the registered ones: {@link Principal.familyId}. */
const FAMILY = "fam";
/** Tokens whose signature this isolate has checked; bounded, the oldest leave first. */
const VERIFIED_LIMIT = 10_000;

/** Access tokens: JWTs signed with EdDSA, checked without I/O; a verified token's claims are kept until it expires. */
export function accessTokens(settings: AccessTokenSettings): AccessTokens {
  const publicKeys: JSONWebKeySet = { keys: settings.keys.map(publicHalf) };
  const keySet = createLocalJWKSet(publicKeys);
  const verified = new Map<string, VerifiedPrincipal>();
  const [signingJwk] = settings.keys;
  if (!signingJwk) throw new Error("JWT_KEYS holds no key");
  let signingKey: Awaited<ReturnType<typeof importJWK>> | undefined;

  return {
    publicKeys,

    async issue({ userId, role, familyId }, nowMs) {
      // The key is kept and no promise of it, which would end with the request that made it.
      signingKey ??= await importJWK(signingJwk, ALGORITHM);
      const nowSec = Math.floor(nowMs / 1000);
      return new SignJWT({ role, ...(familyId === undefined ? {} : { [FAMILY]: familyId }) })
        .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: signingJwk.kid ?? "" })
        .setSubject(userId)
        .setIssuer(settings.issuer)
        .setAudience(settings.audience)
        .setIssuedAt(nowSec)
        .setExpirationTime(nowSec + settings.ttlSec)
        .setJti(crypto.randomUUID())
        .sign(signingKey);
    },

    known(token, nowMs) {
      const known = verified.get(token);
      return known && known.expiresAtMs > nowMs ? known : undefined;
    },

    async verify(token, nowMs) {
      const known = verified.get(token);
      if (known) {
        if (known.expiresAtMs > nowMs) return known;
        verified.delete(token);
        return undefined;
      }
      try {
        const { payload } = await jwtVerify(token, keySet, {
          algorithms: [ALGORITHM],
          issuer: settings.issuer,
          audience: settings.audience,
          typ: TYPE,
          requiredClaims: ["sub", "role", "exp"],
          currentDate: new Date(nowMs),
        });
        if (!payload.sub || !payload.exp || !isRole(payload.role)) return undefined;
        const family = payload[FAMILY];
        const familyId = typeof family === "string" ? family : undefined;
        const expiresAtMs = payload.exp * 1000;
        const principal = { userId: payload.sub, role: payload.role, familyId, expiresAtMs };
        if (verified.size >= VERIFIED_LIMIT) forgetOldest(verified);
        verified.set(token, principal);
        return principal;
      } catch {
        // jose tells a dozen faults apart; a client is told one thing: this token is not good.
        return undefined;
      }
    },
  };
}

function forgetOldest(verified: Map<string, unknown>): void {
  const oldest = verified.keys().next();
  if (!oldest.done) verified.delete(oldest.value);
}

function publicHalf({ kty, crv, x, kid }: JWK): JWK {
  return { kty, crv, x, kid, alg: ALGORITHM, use: "sig" } as JWK;
}
