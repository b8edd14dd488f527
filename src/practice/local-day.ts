const formatters = new Map<string, Intl.DateTimeFormat>();

/** The date (YYYY-MM-DD) at this moment in an IANA time zone; in UTC where the zone is not known to this runtime. */
export function localDay(atMs: number, timeZone: string): string {
  return formatterOf(timeZone).format(atMs);
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
