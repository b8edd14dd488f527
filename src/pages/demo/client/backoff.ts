const FIRST_SEC = 1;
const LONGEST_SEC = 30;

/**
 * Seconds to wait before attempt `attempt` (from 1): doubled each time up to half a minute, and somewhere in the upper half
 * of that, so that many clients do not come back at once. `random` is from 0 up to 1.
 */
export function backoffSec(attempt: number, random: number): number {
  const most = Math.min(LONGEST_SEC, FIRST_SEC * 2 ** (attempt - 1));
  return most * (0.5 + random / 2);
}
