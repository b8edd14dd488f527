const formatters = new Map<string, Intl.DateTimeFormat>();

/** In every zone of today midnight falls on a quarter of an hour of UTC, so within one the date does not change. */
const QUARTER_MS = 15 * 60 * 1000;

const lastDays = new Map<string, { readonly quarter: number; readonly day: string }>();

/** The date (YYYY-MM-DD) at this moment in an IANA time zone; in UTC where the zone is not known to this runtime. */
export function localDay(atMs: number, timeZone: string): string {
  const quarter = Math.floor(atMs / QUARTER_MS);
  const last = lastDays.get(timeZone);
  if (last?.quarter === quarter) return last.day;
  const day = formatterOf(timeZone).format(atMs);
  lastDays.set(timeZone, { quarter, day });
  return day;
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = newFormatter(timeZone);
  formatters.set(timeZone, made);
  return made;
}

function newFormatter(timeZone: string): Intl.DateTimeFormat {
  // Canadian English writes dates as ISO 8601 does.
  const options = { year: "numeric", month: "2-digit", day: "2-digit" } as const;
  try {
    return new Intl.DateTimeFormat("en-CA", { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat("en-CA", { ...options, timeZone: "UTC" });
  }
}
