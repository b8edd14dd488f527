/**
 * The letters of codes that people read out and type: none that is taken for another or for a digit, and no vowels, so
 * that they make no words.
 */
const LETTERS = "BCDFGHJKMNPQRTWXYZ";

/** 33 bits: enough for what is only ever tried at a few times a minute. */
const JOIN_CODE_LETTERS = 8;

/** 50 bits. */
const PARENT_CODE_LETTERS = 12;

/** What a student types to join a class. */
export const newJoinCode = () => lettersOf(crypto.getRandomValues(new Uint32Array(JOIN_CODE_LETTERS)));

/** What a parent types to see a child. */
export const newParentCode = () => lettersOf(crypto.getRandomValues(new Uint32Array(PARENT_CODE_LETTERS)));

/** A letter for each number: of numbers that are random over all 32 bits, each letter is as likely as any other. */
export const lettersOf = (numbers: Iterable<number>): string =>
  Array.from(numbers, (number) => LETTERS.charAt(number % LETTERS.length)).join("");

/** A code as it is compared, of whatever somebody typed: in any case, with spaces or hyphens anywhere. */
export const readCode = (typed: string) => typed.replace(/[\s\p{Pd}]/gu, "").toUpperCase();
