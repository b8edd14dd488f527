import {
  type Argon2Params,
  hashPassword,
  needsRehash,
  sameText,
  unmatchableHash,
  verifyPassword,
} from "./password-hash.ts";
import type { Turns } from "./turns.ts";

/** What checking a password came to; `renewed` is its hash with today's parameters where the stored one has others, or there is none. */
export type PasswordCheck =
  | { readonly matches: false }
  | { readonly matches: true; readonly renewed: string | undefined };

/** Hashing as requests do it: in turn, and refused with 503 where too many wait. */
export type Passwords = {
  hash(password: string): Promise<string>;
  /** Checks against a stored hash; against none, which never matches, it takes as long. */
  check(password: string, stored: string | undefined): Promise<PasswordCheck>;
  /** Checks against the password itself, of which there is no hash yet; takes as long. */
  compare(password: string, actual: string): Promise<PasswordCheck>;
};

type Parts = {
  readonly params: Argon2Params;
  readonly turns: Turns;
  /** Done before each hash: what the runtime needs to hash at all. */
  readonly prepare: () => Promise<void>;
};

/** Hashing with these parameters, a piece of work at a time. */
export function createPasswords({ params, turns, prepare }: Parts): Passwords {
  const unmatchable = unmatchableHash(params);
  return {
    hash: (password) =>
      turns(async () => {
        await prepare();
        return hashPassword(password, params);
      }),

    check: (password, stored = unmatchable) =>
      turns(async () => {
        await prepare();
        if (!(await verifyPassword(password, stored))) return { matches: false };
        const renewed = needsRehash(stored, params) ? await hashPassword(password, params) : undefined;
        return { matches: true, renewed };
      }),

    compare: (password, actual) =>
      turns(async () => {
        await prepare();
        const renewed = await hashPassword(password, params);
        return sameText(password, actual) ? { matches: true, renewed } : { matches: false };
      }),
  };
}
