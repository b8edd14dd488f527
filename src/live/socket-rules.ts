import { EMPTY_WINDOW, hasRoom, useOne, type Window } from "../practice/fixed-window.ts";
import { CLOSE, type Close } from "./protocol.ts";

/** Clients ping every 20 s; one that has not for so long is gone, or as good as gone. */
const PING_WITHIN_MS = 60_000;

/** A client has nothing to say but its pings, which are answered before they get here. */
const MESSAGES = { limit: 30, windowMs: 60_000 };
const MESSAGE_CHARACTERS = 1_024;

/** Connections at once: of one class, and of one teacher to it. */
const MOST_OF_A_CLASS = 200;
const MOST_OF_A_TEACHER = 10;

/** What is known of one connection. It travels with the socket, so that it outlives the object's memory; plain JSON. */
export type Badge = {
  readonly teacherId: string;
  /** When their access token runs out. */
  readonly expiresAtMs: number;
  readonly connectedAtMs: number;
  /** What came beside pings. */
  readonly messages: Window;
  /** Closed by the server: nothing more is sent to it. */
  readonly isCut: boolean;
};

export type Visitor = Pick<Badge, "teacherId" | "expiresAtMs">;

export const newBadge = ({ teacherId, expiresAtMs }: Visitor, nowMs: number): Badge => ({
  teacherId,
  expiresAtMs,
  connectedAtMs: nowMs,
  messages: EMPTY_WINDOW,
  isCut: false,
});

/** Why somebody may not come in beside those who are connected; null where they may. */
export function refusal(visitor: Visitor, connected: readonly Badge[], nowMs: number): Close | null {
  if (visitor.expiresAtMs <= nowMs) return CLOSE.badToken;
  const own = connected.filter(({ teacherId }) => teacherId === visitor.teacherId);
  return connected.length >= MOST_OF_A_CLASS || own.length >= MOST_OF_A_TEACHER ? CLOSE.full : null;
}

/** When a connection ends unless something happens before: its token runs out, or its pings stay away. */
export function endsAtMs(badge: Badge, lastPingMs: number | null): number {
  return Math.min(badge.expiresAtMs, pingDueMs(badge, lastPingMs));
}

/** Why a connection is over at `nowMs`; null where it is not. */
export function overdue(badge: Badge, lastPingMs: number | null, nowMs: number): Close | null {
  if (nowMs >= badge.expiresAtMs) return CLOSE.badToken;
  return nowMs >= pingDueMs(badge, lastPingMs) ? CLOSE.noPing : null;
}

/** The badge after a message that is no ping; null where that was too much. */
export function afterMessage(badge: Badge, length: number, nowMs: number): Badge | null {
  if (length > MESSAGE_CHARACTERS || !hasRoom(badge.messages, MESSAGES, nowMs)) return null;
  return { ...badge, messages: useOne(badge.messages, MESSAGES, nowMs) };
}

const pingDueMs = ({ connectedAtMs }: Badge, lastPingMs: number | null) =>
  Math.max(connectedAtMs, lastPingMs ?? 0) + PING_WITHIN_MS;
