const MINUTE = 60;
const HOUR = 3_600;

/** Whole seconds as a clock shows them: `0:45`, `12:05`. */
export const clockText = (seconds: number): string => `${Math.floor(seconds / MINUTE)}:${twoDigits(seconds % MINUTE)}`;

/** Whole seconds of practice: `45 s`, `12 min`, `1 h 05 min`. */
export function minutesText(seconds: number): string {
  if (seconds < MINUTE) return `${seconds} s`;
  const minutes = Math.round(seconds / MINUTE);
  if (seconds < HOUR && minutes < MINUTE) return `${minutes} min`;
  return `${Math.floor(minutes / MINUTE)} h ${twoDigits(minutes % MINUTE)} min`;
}

const twoDigits = (count: number) => String(count).padStart(2, "0");

/** `1 question`, `2 questions`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** A day, given as `2026-11-22`: `22 November 2026`. */
export const dayText = (day: string): string => formatted(new Date(`${day}T00:00:00Z`), "UTC", DAY);

/** The day of a moment where the clocks of this time zone hang. */
export const dayOfMoment = (moment: Date, timeZone: string): string => formatted(moment, timeZone, DAY);

/** A short day, for tables: `22 Nov 2026`. */
export const shortDayOfMoment = (moment: Date, timeZone: string): string => formatted(moment, timeZone, SHORT_DAY);

/** A moment as the clocks of this time zone show it: `22 November 2026, 14:05`. */
export const momentText = (moment: Date, timeZone: string): string =>
  `${dayOfMoment(moment, timeZone)}, ${timeText(moment, timeZone)}`;

/** The time of day: `14:05`. */
export const timeText = (moment: Date, timeZone: string): string => formatted(moment, timeZone, TIME);

const DAY: Intl.DateTimeFormatOptions = { day: "numeric", month: "long", year: "numeric" };
const SHORT_DAY: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric" };
const TIME: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

/** Formats are slow to make: those in use are kept, a bounded number of them. */
const formats = new Map<string, Intl.DateTimeFormat>();
const MOST_FORMATS = 60;

function formatted(moment: Date, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${timeZone} ${options.month ?? "time"}`;
  const known = formats.get(key);
  if (known) return known.format(moment);
  if (formats.size >= MOST_FORMATS) formats.clear();
  const format = formatFor(timeZone, options);
  formats.set(key, format);
  return format.format(moment);
}

function formatFor(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone, ...options });
  } catch {
    // A zone that the runtime has given up since it was chosen: nothing may fail for that.
    return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
  }
}
