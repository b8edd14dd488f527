/** What has been asked of each service since the start or the last reset. */
export interface Stats {
  readonly postgres: { requests: number; statements: number };
  readonly redis: { requests: number; commands: number };
}

/** Counters at zero. */
export function newStats(): Stats {
  return { postgres: { requests: 0, statements: 0 }, redis: { requests: 0, commands: 0 } };
}

/** Sets every counter back to zero. */
export function resetStats(stats: Stats): void {
  Object.assign(stats.postgres, { requests: 0, statements: 0 });
  Object.assign(stats.redis, { requests: 0, commands: 0 });
}
