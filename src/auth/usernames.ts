import { z } from "../http/zod.ts";

const MIN_LENGTH = 3;
const MAX_LENGTH = 32;
/** The longest number that is put behind a name. */
const NUMBER_LENGTH = 6;

/**
 * A username as a teacher may write it: never an e-mail address, easy to type, and in letters that compare the same in
 * any case everywhere. It is kept in lower case.
 */
export const username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(
    /^(?=.{3,32}$)[a-z0-9]+(?:[._-][a-z0-9]+)*$/,
    `must have ${MIN_LENGTH} to ${MAX_LENGTH} letters a–z and digits, with single dots, hyphens or underscores between them`,
  )
  .openapi({
    minLength: MIN_LENGTH,
    maxLength: MAX_LENGTH,
    pattern: "^[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$",
    example: "ana.lopez",
  });

/**
 * What each of these names gives a username for, in a–z and 0–9: `Ana María López` is `ana.lopez`, and where no letter is
 * known, `pupil`.
 */
export async function usernameBases(fullNames: readonly string[]): Promise<string[]> {
  // Loaded where it is used: its tables take tens of milliseconds to build, which no other request should wait for.
  const { default: transliterate } = await import("@sindresorhus/transliterate");
  const known = (text: string) => transliterate(text, { customReplacements: SERBIAN });
  // Breathings and accents keep a Greek letter from being known: what is left of it without them is tried again.
  const latin = (text: string) => known(known(text).normalize("NFD").replace(/\p{M}/gu, "").normalize("NFC"));
  return fullNames.map((name) => baseOf(latin(name)));
}

/** Letters that the library leaves as they are. */
const SERBIAN: [string, string][] = [
  ["Ђ", "Dj"],
  ["ђ", "dj"],
];

function baseOf(latin: string): string {
  const words = latin
    .toLowerCase()
    .replace(/[’'`´ʹʺ]/g, "")
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const [first = "pupil", ...others] = words;
  const last = others.at(-1);
  const base = last === undefined ? first : `${first}.${last}`;
  return base.slice(0, MAX_LENGTH - NUMBER_LENGTH).replace(/\.$/, "");
}

/** How many usernames in a row are tried before numbers at random. */
const IN_A_ROW = 8;

/**
 * Usernames that `count` people of one base can have, the nicest first: as it is, then with 2, 3 and so on, then with
 * numbers of more and more digits, for names that many have. There are several times as many as people.
 *
 * @param random a number from 0 up to 1, another at each call
 */
export function usernameCandidates(base: string, count: number, random: () => number): string[] {
  const inARow = Array.from({ length: IN_A_ROW + count }, (_, index) => (index === 0 ? base : `${base}${index + 1}`));
  const lengths = Array.from({ length: NUMBER_LENGTH - 1 }, (_, index) => index + 2);
  const further = lengths.flatMap((length) =>
    Array.from({ length: count }, () => `${base}${numberOf(length, random)}`),
  );
  return [...new Set([...inARow, ...further])].filter((name) => name.length >= MIN_LENGTH);
}

const numberOf = (digits: number, random: () => number) => Math.floor((1 + random() * 9) * 10 ** (digits - 1));
