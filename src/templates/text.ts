import { TemplateFailure } from "./faults.ts";
import type { Expression, Scope } from "./scope.ts";
import { type Values, valueText } from "./values.ts";

/** A text with `{{expressions}}` in it, ready to be filled in. */
export type Text = {
  readonly path: string;
  readonly references: ReadonlySet<string>;
  /** Throws a {@link TemplateFailure} where an expression fails or the text is none that can be kept. */
  readonly render: (values: Values) => string;
};

/** Reads a text; throws a {@link TemplateFailure} with the place of what is wrong in it. */
export function compileText(source: string, path: string, scope: Scope, maxLength = source.length + 1_000): Text {
  const parts: (string | Expression)[] = [];
  let at = 0;
  for (let open = source.indexOf("{{"); open >= 0; open = source.indexOf("{{", at)) {
    const close = closingOf(source, open + 2);
    if (close < 0) throw new TemplateFailure(path, "{{ is never closed", { start: open, end: open + 2 });
    const expression = scope.compile(source.slice(open + 2, close), { path, offset: open + 2 });
    if (expression.type === "bool") {
      throw new TemplateFailure(path, "a truth value has no text", { start: open + 2, end: close });
    }
    parts.push(source.slice(at, open), expression);
    at = close + 2;
  }
  parts.push(source.slice(at));
  return {
    path,
    references: new Set(parts.flatMap((part) => (typeof part === "string" ? [] : [...part.references]))),
    render: (values) => {
      const text = parts.map((part) => (typeof part === "string" ? part : valueText(part.evaluate(values)))).join("");
      if (text.length > maxLength) throw new TemplateFailure(path, `is longer than ${maxLength} characters`);
      if (text.trim() === "") throw new TemplateFailure(path, "is empty");
      requireCharacters(text, path);
      return text;
    },
  };
}

/** Refuses a text with U+0000 or half a surrogate pair: the record cannot keep it, nor anything that is sent with it. */
export function requireCharacters(text: string, path: string): void {
  if (!text.isWellFormed() || text.includes("\0")) throw new TemplateFailure(path, "holds what is no character");
}

/** Where `}}` ends the expression that begins at `from`, outside of its quoted texts; −1 where nowhere. */
function closingOf(source: string, from: number): number {
  let quote = "";
  for (let at = from; at < source.length; at += 1) {
    const sign = source[at] ?? "";
    if (quote !== "" && sign === "\\") at += 1;
    else if (quote !== "") quote = sign === quote ? "" : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (source.startsWith("}}", at)) return at;
  }
  return -1;
}
