import { BoundedCache } from "../bounded-cache.ts";

/** What is known of a zone: how its dates are written, and the last one that was. */
type Zone = { readonly format: Intl.DateTimeFormat; quarter: number; day: string };

/** More than there are zones; a zone may be spelled in any case, so that there is no end to names. */
const ZONES = 1_000;

const zones = new BoundedCache<string, Zone>(ZONES);

/** In every zone of today midnight falls on a quarter of an hour of UTC, so within one the date does not change. */
const QUARTER_MS = 15 * 60 * 1000;

/** The date (YYYY-MM-DD) at this moment in an IANA time zone; in UTC where the zone is not known to this runtime. */
export function localDay(atMs: number, timeZone: string): string {
  const quarter = Math.floor(atMs / QUARTER_MS);
  const zone = zoneNamed(timeZone);
  if (zone.quarter !== quarter) {
    zone.day = zone.format.format(atMs);
    zone.quarter = quarter;
  }
  return zone.day;
}

function zoneNamed(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known) return known;
  const made = { format: newFormatter(timeZone), quarter: Number.NaN, day: "" };
  zones.set(timeZone, made, 1);
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
