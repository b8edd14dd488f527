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

/** A fixed window a key, in memory and for this isolate alone; it begins with the key's first use. */
export function isolateWindow(limit: number, windowMs: number, keysLimit: number = KEYS_LIMIT) {
  const windows = new BoundedCache<string, { readonly endsAtMs: number; used: number }>(keysLimit);
  return {
    /** Counts one use by this key where its window has room. */
    use(key: string, nowMs: number): WindowUse {
      const known = windows.get(key);
      const window = known && known.endsAtMs > nowMs ? known : { endsAtMs: nowMs + windowMs, used: 0 };
      if (window !== known) windows.set(key, window, 1);
      const allowed = window.used < limit;
      if (allowed) window.used += 1;
      const resetSec = Math.max(1, Math.ceil((window.endsAtMs - nowMs) / 1000));
      return { allowed, limit, remaining: limit - window.used, resetSec };
    },
  };
}
