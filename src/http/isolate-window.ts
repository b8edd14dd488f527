import { BoundedCache } from "../bounded-cache.ts";

/** Keys that one isolate remembers; beyond that those used longest ago are forgotten. */
const KEYS_LIMIT = 10_000;

export type WindowUse = {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Whole seconds until the window ends, at least 1. */
  readonly resetSec: number;
};

/** How much may be used up by a window: of what this isolate decides, and of all that passed through it. */
type Bounds = { readonly decidedHere: number; readonly inAll: number };

/** A fixed window a key, in memory and for this isolate alone; it begins with the key's first use. */
export function isolateWindow(bounds: Bounds, windowMs: number, keysLimit: number = KEYS_LIMIT) {
  const windows = new BoundedCache<string, { readonly endsAtMs: number; decidedHere: number; inAll: number }>(
    keysLimit,
  );

  const windowOf = (key: string, nowMs: number) => {
    const known = windows.get(key);
    if (known && known.endsAtMs > nowMs) return known;
    const made = { endsAtMs: nowMs + windowMs, decidedHere: 0, inAll: 0 };
    windows.set(key, made, 1);
    return made;
  };
  const room = ({ decidedHere, inAll }: { decidedHere: number; inAll: number }) =>
    Math.max(0, Math.min(bounds.decidedHere - decidedHere, bounds.inAll - inAll));

  return {
    /** Counts one use by this key that was decided elsewhere. */
    note(key: string, nowMs: number): void {
      windowOf(key, nowMs).inAll += 1;
    },

    /** Counts one use by this key where its window has room. */
    use(key: string, nowMs: number): WindowUse {
      const window = windowOf(key, nowMs);
      const allowed = room(window) > 0;
      if (allowed) {
        window.decidedHere += 1;
        window.inAll += 1;
      }
      const resetSec = Math.max(1, Math.ceil((window.endsAtMs - nowMs) / 1000));
      return { allowed, limit: bounds.decidedHere, remaining: room(window), resetSec };
    },
  };
}
