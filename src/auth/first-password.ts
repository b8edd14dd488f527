import { FIRST_PASSWORD_WORDS } from "./first-password-words.ts";
import { secretId } from "./refresh-token.ts";

/**
 * Passwords that the server makes for pupils without e-mail, to be printed on a card: `tiger-moon-427`, two of 1,024 words
 * and three digits, 30 bits. That is less than the rules ask of a password that somebody chooses, and enough: it is random,
 * it can be tried ten times a minute, and what is stored tells nothing of it to who has not the server's secret as well.
 * Until a pupil signs in with it, it has no hash at all.
 */
type Account = { readonly id: string; readonly firstPasswordKey: string | null };

const NONCE_BYTES = 12;

/** What a first password is made from, as it is stored: a secret, named by its id, and something random. */
const KEY = /^([0-9a-f]{8})\.([0-9a-f]{24})$/;

/** So many new keys, made with the newest secret; no two are the same. */
export async function newFirstPasswordKeys([newest]: readonly string[], count: number): Promise<string[]> {
  if (newest === undefined) throw new Error("TOKEN_SECRET holds no secret");
  const id = await secretId(newest);
  return Array.from({ length: count }, () => {
    const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(NONCE_BYTES))).toString("hex");
    return `${id}.${nonce}`;
  });
}

/**
 * The first password of each of these accounts, always the same from the same key. Null where it has another by now, and
 * where the key's secret has been withdrawn: then a teacher makes a new one.
 */
export async function firstPasswords(
  secrets: readonly string[],
  accounts: readonly Account[],
): Promise<(string | null)[]> {
  const keys = new Map(
    await Promise.all(secrets.map(async (each) => [await secretId(each), await hmacKey(each)] as const)),
  );
  return Promise.all(
    accounts.map(async ({ id, firstPasswordKey }) => {
      const [, secret = "", nonce] = KEY.exec(firstPasswordKey ?? "") ?? [];
      const key = keys.get(secret);
      return key ? readable(await digestOf(key, ["first-password", id, nonce])) : null;
    }),
  );
}

/** A first password as it counts, however a child types it: `Tiger moon 427` is `tiger-moon-427`. */
export const asFirstPassword = (typed: string): string =>
  typed
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");

function readable(digest: DataView): string {
  const word = (offset: number) => FIRST_PASSWORD_WORDS[digest.getUint16(offset) % FIRST_PASSWORD_WORDS.length];
  const number = String(digest.getUint32(4) % 1000).padStart(3, "0");
  return `${word(0)}-${word(2)}-${number}`;
}

const ALGORITHM = { name: "HMAC", hash: "SHA-256" };

const hmacKey = (secret: string) => crypto.subtle.importKey("raw", bytes(secret), ALGORITHM, false, ["sign"]);

/** HMAC-SHA-256 of these names: nothing else that a secret makes begins with the first of them. */
async function digestOf(
  key: Awaited<ReturnType<typeof hmacKey>>,
  names: readonly (string | undefined)[],
): Promise<DataView> {
  return new DataView(await crypto.subtle.sign(ALGORITHM, key, bytes(JSON.stringify(names))));
}

const bytes = (text: string) => new TextEncoder().encode(text);
