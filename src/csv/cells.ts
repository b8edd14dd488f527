/** The media type of CSV. */
export const CSV = "text/csv";

/** What CSV is sent as: its first line names its columns (RFC 4180, 3). */
export const CSV_WITH_HEADER = `${CSV}; charset=utf-8; header=present`;

/**
 * A text as it stands in a cell, and back. What a spreadsheet would take for a formula gets an apostrophe before it, and so
 * does what has one already, so that reading takes off just what writing put there. A number is no formula, below zero too.
 * A spreadsheet that separates by semicolons or tabs sees neither our commas nor the quotes that follow them: to it a cell
 * begins after each semicolon, tab and line break too, and what it takes for quotes there are its own.
 */
const WOULD_RUN =
  /(?<=^|[;\t\r\n])(?=['"\p{Zs}]*[=+\-@＝＋－＠])(?!\p{Zs}*[+-]?\d+([.,]\d+)?\p{Zs}*([;\t\r\n]|$))|^(?='*[\t\r\n])/gu;
const WAS_GUARDED = /(?<=^|[;\t\r\n])'(?=['"\p{Zs}]*[=+\-@＝＋－＠])|^'(?='*[\t\r\n])/gu;

export const guarded = (text: string) => text.replace(WOULD_RUN, "'");

export const unguarded = (cell: string) => cell.replace(WAS_GUARDED, "");

/** A text as a cell of a line (RFC 4180). */
export const csvCell = (text: string) => quoted(guarded(text));

/** A line of CSV (RFC 4180). */
export const csvLine = (texts: readonly string[]) => `${texts.map(csvCell).join(",")}\r\n`;

const quoted = (text: string) => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A value as the text of its cell, and the text as the value; what cannot be one gives a fault. */
export type Cell = {
  readonly write: (value: unknown) => string;
  readonly read: (text: string) => Read;
  /** What an empty cell says; undefined where it says nothing. */
  readonly empty: unknown;
};

export type Read = { readonly value: unknown } | { readonly fault: string };

const plain = (value: unknown) => (value === null || value === undefined ? "" : String(value));

const word = (text: string): Read => ({ value: text });

/** Text that may be empty. */
export const prose: Cell = { write: plain, read: word, empty: "" };

/** Text that is not there where the cell is empty. */
export const text: Cell = { write: plain, read: word, empty: undefined };

/** The same, where an empty cell takes away what was there. */
export const optionalText: Cell = { write: plain, read: word, empty: null };

export const number: Cell = {
  write: plain,
  read: (cell) =>
    /^-?\d+(\.\d+)?$/.test(cell.trim()) ? { value: Number(cell) } : { fault: "must be a number, such as 3" },
  empty: undefined,
};

export const flag: Cell = {
  write: plain,
  read: (cell) => {
    const said = cell.trim().toLowerCase();
    return said === "true" || said === "false" ? { value: said === "true" } : { fault: "must be true or false" };
  },
  empty: undefined,
};

/** Words between semicolons; a JSON list where they have some themselves. */
export const list: Cell = {
  write: (value) => {
    const items = Array.isArray(value) ? value.map(String) : [];
    const isPlain = items.every((item) => !item.includes(";") && item.trim() === item) && !items[0]?.startsWith("[");
    return isPlain ? items.join("; ") : JSON.stringify(items);
  },
  read: (cell) =>
    cell.startsWith("[")
      ? readJson(cell)
      : {
          value: cell
            .split(";")
            .map((item) => item.trim())
            .filter((item) => item !== ""),
        },
  empty: [],
};

export const json: Cell = {
  write: (value) => (value === undefined ? "" : JSON.stringify(value)),
  read: readJson,
  empty: undefined,
};

function readJson(cell: string): Read {
  try {
    return { value: JSON.parse(cell) };
  } catch {
    return { fault: 'is not JSON, such as {"choice":"B"} or ["a","b"]' };
  }
}
