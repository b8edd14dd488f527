import type { LiveStudent } from "./schemas.ts";

/** The subprotocol that the server picks. */
export const SUBPROTOCOL = "ascent.v1";
const TOKEN_PREFIX = "token.";

export const PING = "ping";
export const PONG = "pong";

/** Why the server ends a connection. */
export const CLOSE = {
  badToken: { code: 4401, reason: "The token is not valid or has run out: connect with a new one." },
  notYourClass: { code: 4403, reason: "This is not, or no longer, your class." },
  noPing: { code: 4408, reason: "No ping for 60 seconds." },
  tooMany: { code: 4429, reason: "Too many messages." },
  /** RFC 6455's registry: Try Again Later. */
  full: { code: 1013, reason: "Too many are watching this class: try again later." },
} as const;

export type Close = (typeof CLOSE)[keyof typeof CLOSE];

/** What a client's `Sec-WebSocket-Protocol` offers: whether it speaks ours, and its access token. */
export function readOffer(header: string | undefined): { speaksOurs: boolean; token: string | undefined } {
  const offered = (header ?? "").split(",").map((name) => name.trim());
  const token = offered.find((name) => name.startsWith(TOKEN_PREFIX))?.slice(TOKEN_PREFIX.length);
  return { speaksOurs: offered.includes(SUBPROTOCOL), token };
}

/** The whole class, first and whenever who is in it has changed. */
export const snapshotMessage = (students: readonly LiveStudent[], nowMs: number) =>
  JSON.stringify({ type: "snapshot", at: new Date(nowMs).toISOString(), students });

/** One student, whenever anything of them has changed. */
export const updateMessage = (student: LiveStudent, nowMs: number) =>
  JSON.stringify({ type: "update", at: new Date(nowMs).toISOString(), student });
