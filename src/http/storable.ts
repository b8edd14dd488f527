import type { FieldFault } from "./errors.ts";

/** No body of ours nests deeper than a handful of levels; Postgres and JSON.stringify give up at some thousands. */
const MAX_DEPTH = 64;

const NO_CHARACTER = "Holds what is no character: U+0000 or half a surrogate pair.";
const TOO_DEEP = `Nests deeper than ${MAX_DEPTH} levels.`;

/**
 * What in parsed input could be read but never be kept: the character U+0000, which Postgres refuses in `text` and
 * `jsonb`, half a surrogate pair, which it refuses in `jsonb`, and bottomless nesting. It is named at the door, so that
 * no row fails on it later.
 */
export function unstorable(input: unknown): FieldFault[] {
  const faults: FieldFault[] = [];
  visit(input, [], faults);
  return faults;
}

function visit(value: unknown, path: string[], faults: FieldFault[]): void {
  if (typeof value === "string") {
    if (!isText(value)) faults.push({ path: path.join("."), message: NO_CHARACTER });
  } else if (typeof value === "object" && value !== null) {
    if (path.length >= MAX_DEPTH) {
      faults.push({ path: path.slice(0, 4).join("."), message: TOO_DEEP });
      return;
    }
    for (const [name, member] of Object.entries(value)) {
      if (!isText(name)) faults.push({ path: path.join("."), message: NO_CHARACTER });
      path.push(name);
      visit(member, path, faults);
      path.pop();
    }
  }
}

const isText = (text: string) => text.isWellFormed() && !text.includes("\0");
