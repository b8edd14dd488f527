import { waitUntil } from "cloudflare:workers";
import { describeForLog } from "./fault-log.ts";
import { log } from "./log.ts";

/**
 * Goes on with work that the reply does not wait for, such as telling others of a change. Its failure is logged under this
 * name and concerns nobody: only what mends itself, or is told again, belongs here.
 */
export function afterReply(name: string, work: () => Promise<unknown>): void {
  waitUntil(
    (async () => {
      try {
        await work();
      } catch (error) {
        log("error", "after_reply_failed", { work: name, error: describeForLog(error) });
      }
    })(),
  );
}
