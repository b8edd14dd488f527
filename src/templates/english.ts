import { NumberFault } from "./rational.ts";

const BELOW_TWENTY = (
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen " +
  "seventeen eighteen nineteen"
).split(" ");
const TENS = "- ten twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const GROUPS = ["", " thousand", " million", " billion"];

const PLACES: Readonly<Record<string, string>> = {
  "1000000": "millions",
  "100000": "hundred thousands",
  "10000": "ten thousands",
  "1000": "thousands",
  "100": "hundreds",
  "10": "tens",
  "1": "ones",
  "1/10": "tenths",
  "1/100": "hundredths",
  "1/1000": "thousandths",
};

/** A whole number below a trillion in words: `four hundred twelve`. */
export function inWords(value: number): string {
  if (!Number.isInteger(value) || Math.abs(value) >= 1e12) throw new NumberFault("words() takes a whole number");
  if (value < 0) return `negative ${inWords(-value)}`;
  if (value === 0) return "zero";
  const groups: string[] = [];
  for (let rest = value, group = 0; rest > 0; rest = Math.floor(rest / 1000), group += 1) {
    if (rest % 1000 > 0) groups.unshift(`${belowThousand(rest % 1000)}${GROUPS[group]}`);
  }
  return groups.join(" ");
}

function belowThousand(value: number): string {
  const hundreds = Math.floor(value / 100);
  const rest = value % 100;
  const parts = hundreds > 0 ? [`${BELOW_TWENTY[hundreds]} hundred`] : [];
  if (rest >= 20) parts.push(`${TENS[Math.floor(rest / 10)]}${rest % 10 > 0 ? `-${BELOW_TWENTY[rest % 10]}` : ""}`);
  else if (rest > 0) parts.push(BELOW_TWENTY[rest] ?? "");
  return parts.join(" ");
}

/** `1st`, `2nd`, `13th`. */
export function ordinal(value: number): string {
  if (!Number.isInteger(value) || value < 0) throw new NumberFault("ordinal() takes a whole number");
  const teen = value % 100 >= 11 && value % 100 <= 13;
  const ending = teen ? "th" : (["th", "st", "nd", "rd"][value % 10] ?? "th");
  return `${value}${ending}`;
}

/** The name of a place by its worth: `10` is `tens`, `1/10` is `tenths`. */
export function placeName(worth: string): string {
  const name = PLACES[worth];
  if (name === undefined) throw new NumberFault("place_name() takes the worth of a place, such as 10 or 0.1");
  return name;
}

/** The time so many minutes after midnight, on a clock of twelve hours: `3:05`. */
export function clock(minutes: number): string {
  if (!Number.isInteger(minutes) || minutes < 0) throw new NumberFault("clock() takes minutes after midnight");
  const hours = Math.floor(minutes / 60) % 12;
  return `${hours === 0 ? 12 : hours}:${String(minutes % 60).padStart(2, "0")}`;
}

/** `2`, `2 and 4`, `2, 4 and 6`. */
export function listed(texts: readonly string[]): string {
  if (texts.length < 2) return texts.join("");
  return `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)}`;
}
