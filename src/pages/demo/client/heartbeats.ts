/** What one heartbeat says of the student. */
export type Beat = { readonly is_active: boolean; readonly focus: boolean; readonly interaction: boolean };

export type Heartbeats = {
  /** Whether time counts just now: the page is seen, and something was done on it not too long ago. */
  isCounting(): boolean;
  stop(): void;
};

const EVERY_MS = 20_000;
const SIGNS = ["pointerdown", "pointermove", "keydown", "scroll", "touchstart"] as const;

/**
 * Says that the student is still at it, as long as the page is seen: time counts up to `thresholdSec` after the last thing
 * done. Leaving the page counts what was up to then; what was between is left out on coming back, at the start too.
 */
export function startHeartbeats(thresholdSec: () => number, send: (beat: Beat) => Promise<void>): Heartbeats {
  const over = new AbortController();
  const { signal } = over;
  let lastSignMs = Date.now();
  for (const sign of SIGNS) {
    document.addEventListener(sign, () => (lastSignMs = Date.now()), { signal, passive: true, capture: true });
  }

  const hasInteracted = () => Date.now() - lastSignMs < thresholdSec() * 1000;
  const beat = () => send({ is_active: true, focus: true, interaction: hasInteracted() });
  const timer = setInterval(() => {
    if (!document.hidden) void beat();
  }, EVERY_MS);

  /** The first of the two counts nothing, so that the second counts from here; it makes who looks on see them active. */
  async function comeBack(): Promise<void> {
    await send({ is_active: false, focus: true, interaction: false });
    if (!document.hidden && !signal.aborted) await beat();
  }

  document.addEventListener("visibilitychange", () => void (document.hidden ? beat() : comeBack()), { signal });
  if (!document.hidden) void comeBack();
  return {
    isCounting: () => !document.hidden && hasInteracted(),
    stop() {
      clearInterval(timer);
      over.abort();
    },
  };
}
