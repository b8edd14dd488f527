import type { Context } from "hono";
import { ApiError } from "./errors.ts";
import type { RateDecision } from "./rate-limit.ts";

/**
 * Holds a request to all of these limits and tells the client where it stands (draft-ietf-httpapi-ratelimit-headers),
 * in whatever reply follows. Throws `rate_limited` where one of them is used up.
 *
 * @example await admit(c, [limits.guestStarts.check(addressOf(c))]);
 */
export async function admit(c: Context, checks: readonly Promise<RateDecision>[]): Promise<void> {
  const decisions = await Promise.all(checks);
  const counted = decisions.filter(({ limit }) => limit > 0);
  if (counted.length > 0) {
    const standings = counted.map(({ policy, ...rest }) => ({
      name: policy.name,
      windowSec: policy.windowSec,
      ...rest,
    }));
    c.set("replyHeaders", Object.entries(rateLimitHeaders(standings)));
  }
  const refused = decisions.filter(({ allowed }) => !allowed);
  if (refused.length > 0) {
    const retryAfterSec = Math.max(...refused.map(({ resetSec }) => resetSec));
    throw new ApiError("rate_limited", `Too many attempts. Try again in ${retryAfterSec} seconds.`, { retryAfterSec });
  }
}

/** Where a caller stands with a limit. */
type Standing = {
  readonly name: string;
  /** How often within the window. */
  readonly limit: number;
  readonly windowSec: number;
  readonly remaining: number;
  /** Whole seconds until there is room again. */
  readonly resetSec: number;
};

/** What tells a client where it stands with these limits. */
export const rateLimitHeaders = (standings: readonly Standing[]): Record<string, string> => ({
  "RateLimit-Policy": standings.map(({ name, limit, windowSec }) => `"${name}";q=${limit};w=${windowSec}`).join(", "),
  RateLimit: standings.map(({ name, remaining, resetSec }) => `"${name}";r=${remaining};t=${resetSec}`).join(", "),
});

/** Where a request comes from, for limits: an IPv4 address, or the /64 network of an IPv6 one, which is one customer's. */
export function addressOf(c: Context): string {
  const address = c.req.header("cf-connecting-ip");
  return address === undefined ? "unknown" : networkOf(address);
}

function networkOf(address: string): string {
  const isIpv6 = address.includes(":") && !address.includes(".");
  if (!isIpv6) return address;
  const [before = "", after] = address.split("::");
  const head = groupsOf(before);
  const tail = after === undefined ? [] : groupsOf(after);
  const omitted = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => "0");
  const groups = [...head, ...omitted, ...tail].map((group) => group.toLowerCase().replace(/^0+(?=.)/, ""));
  return `${groups.slice(0, 4).join(":")}::/64`;
}

const groupsOf = (text: string) => (text === "" ? [] : text.split(":"));
