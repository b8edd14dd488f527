/** Longer than any number that a question asks for. */
const MAX_LENGTH = 40;

const VULGAR_FRACTIONS: Readonly<Record<string, string>> = {
  "½": "1/2",
  "⅓": "1/3",
  "⅔": "2/3",
  "¼": "1/4",
  "¾": "3/4",
  "⅕": "1/5",
  "⅖": "2/5",
  "⅗": "3/5",
  "⅘": "4/5",
  "⅙": "1/6",
  "⅚": "5/6",
  "⅐": "1/7",
  "⅛": "1/8",
  "⅜": "3/8",
  "⅝": "5/8",
  "⅞": "7/8",
  "⅑": "1/9",
  "⅒": "1/10",
};

const PLAIN = /^(\d+(\.\d*)?|\.\d+)$/;
/** Thousands in groups of three, parted by commas or by single spaces, not by both; `0,5` and `0,125` are no thousands. */
const GROUPED = /^[1-9]\d{0,2}((,\d{3})+|( \d{3})+)(\.\d*)?$/;
const FRACTION = /^(?:(\d+) )?(\d+) ?\/ ?(\d+)$/;

/**
 * The number that a person wrote: `1,234`, `1 234`, `½`, `1 ½`, `3/4`, `1 3/4`, `0.50`, `.5`, `+7`, `−2`, with spaces
 * around it. Undefined where it is none, or none for sure (`1,5`).
 */
export function parseNumeral(text: string): number | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const spread = text.replace(/[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒]/g, (sign) => ` ${VULGAR_FRACTIONS[sign]} `);
  const trimmed = spread.replace(/[\s  ]+/g, " ").trim();
  const [, sign = "", body = ""] = /^([+\-−–]?) ?(.*)$/.exec(trimmed) ?? [];
  const magnitude = parseMagnitude(body);
  if (magnitude === undefined) return undefined;
  return sign === "" || sign === "+" ? magnitude : 0 - magnitude;
}

function parseMagnitude(body: string): number | undefined {
  if (PLAIN.test(body)) return Number(body);
  if (GROUPED.test(body)) return Number(body.replace(/[, ]/g, ""));
  const fraction = FRACTION.exec(body);
  if (!fraction) return undefined;
  const [, whole = "0", numerator = "", denominator = ""] = fraction;
  return Number(denominator) === 0 ? undefined : Number(whole) + Number(numerator) / Number(denominator);
}
