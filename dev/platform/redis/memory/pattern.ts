import type { Bytes } from "../engine.ts";

/** Redis's glob as a regular expression: `*`, `?`, `[abc]`, `[^a]`, `[a-z]` and a backslash before what is meant as it is. */
export function patternOf(glob: Bytes): RegExp {
  let source = "";
  for (let at = 0; at < glob.length; at += 1) {
    const char = glob.charAt(at);
    if (char === "*") source += ".*";
    else if (char === "?") source += ".";
    else if (char === "[") {
      const end = glob.indexOf("]", at + 1);
      const inside = glob.slice(at + 1, end === -1 ? undefined : end);
      const negated = inside.startsWith("^");
      const members = (negated ? inside.slice(1) : inside).replace(/[\\\]^[]/g, "\\$&");
      // An empty class matches nothing, and its negation anything.
      source += members === "" ? (negated ? "." : "(?!)") : `[${negated ? "^" : ""}${members}]`;
      at = end === -1 ? glob.length : end;
    } else if (char === "\\" && at + 1 < glob.length) {
      at += 1;
      source += literal(glob.charAt(at));
    } else source += literal(char);
  }
  return new RegExp(`^${source}$`, "s");
}

function literal(char: string): string {
  return char.replace(/[.*+?^${}()|[\]\\/-]/, "\\$&");
}
