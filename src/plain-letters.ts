/** Small Latin letters that Unicode knows as no letter with an accent, and what they are written as without it. */
const PLAIN: Readonly<Record<string, string>> = {
  ...{ ł: "l", đ: "d", ð: "d", ø: "o", ı: "i", ħ: "h", ŋ: "n", ŧ: "t", ə: "e" },
  ...{ ɓ: "b", ɗ: "d", ƙ: "k", ƴ: "y", ɛ: "e", ɔ: "o" },
  ...{ ß: "ss", æ: "ae", œ: "oe", þ: "th" },
};

/** Each of these letters, with the one or two of a–z that stand for it. */
export const PLAIN_LETTERS = Object.entries(PLAIN);

const LETTERS = new RegExp(`[${Object.keys(PLAIN).join("")}]`, "giu");

/** A text without its accents, in small and capital letters as it was: `Łódź` is `Lodz`. Other scripts stay. */
export const plainLetters = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(LETTERS, (letter) => {
      const small = letter.toLowerCase();
      const plain = PLAIN[small] ?? letter;
      return small === letter ? plain : plain.charAt(0).toUpperCase() + plain.slice(1);
    });
