/** How much of a limit is used in the window that began at `startedAtMs`; plain JSON. */
export type Window = { readonly startedAtMs: number; readonly used: number };

export type WindowLimit = { readonly limit: number; readonly windowMs: number };

export const EMPTY_WINDOW: Window = { startedAtMs: 0, used: 0 };

/** The window at `nowMs`: a new one where the old has run out, or where the clock went backwards. */
function windowAt(window: Window, { windowMs }: WindowLimit, nowMs: number): Window {
  const isOver = nowMs >= window.startedAtMs + windowMs || nowMs < window.startedAtMs;
  return isOver ? { startedAtMs: nowMs, used: 0 } : window;
}

/** Whether one more fits; a limit of 0 is off. */
export function hasRoom(window: Window, limit: WindowLimit, nowMs: number): boolean {
  return limit.limit === 0 || windowAt(window, limit, nowMs).used < limit.limit;
}

/** The window after one more. */
export function useOne(window: Window, limit: WindowLimit, nowMs: number): Window {
  const current = windowAt(window, limit, nowMs);
  return { ...current, used: current.used + 1 };
}

/** Whole seconds until the window ends. */
export function resetSec(window: Window, limit: WindowLimit, nowMs: number): number {
  return Math.ceil((windowAt(window, limit, nowMs).startedAtMs + limit.windowMs - nowMs) / 1000);
}
