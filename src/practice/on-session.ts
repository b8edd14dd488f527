import { and, eq } from "drizzle-orm";
import { practiceSessions } from "../db/tables.ts";
import type { Principal } from "../http/access-token.ts";
import type { Services } from "../services.ts";
import type { CommandReply } from "./commands.ts";
import { noSuchSession } from "./refusal.ts";
import type { SessionView } from "./schemas.ts";
import { sessionView } from "./session-view.ts";
import { type Commands, callObject, guestObject } from "./student-object.ts";

/** Which session, and who asks: without a token whoever knows its id. */
type Meant = { readonly principal: Principal | undefined; readonly sessionId: string };

/**
 * What a command on a session of the caller's comes to, of any age: their object answers while it has the session, and
 * once it has left, `afterwards`, which gets it from the record.
 */
export async function onSession(
  services: Services,
  { principal, sessionId }: Meant,
  command: (object: Commands) => Promise<CommandReply>,
  afterwards: (session: SessionView) => CommandReply,
): Promise<CommandReply> {
  const name = principal?.userId ?? guestObject(sessionId);
  const reply = await callObject(services, name, command);
  if (typeof reply === "string" || reply.ok || !principal || reply.refusal.code !== "not_found") return reply;
  const [row] = await services.db.query
    .select()
    .from(practiceSessions)
    .where(and(eq(practiceSessions.id, sessionId), eq(practiceSessions.studentId, principal.userId)));
  return row ? afterwards(toView(row)) : noSuchSession();
}

/** Whether the caller's object has this session: if it is not on record yet, it will be within seconds. */
export async function isAtObject(services: Services, { userId }: Principal, sessionId: string): Promise<boolean> {
  return typeof (await callObject(services, userId, (object) => object.session(sessionId))) === "string";
}

function toView(row: typeof practiceSessions.$inferSelect): SessionView {
  return sessionView({
    ...row,
    startedAtMs: row.startedAt.getTime(),
    finishedAtMs: row.finishedAt?.getTime() ?? null,
    lastActivityMs: row.lastActivityAt.getTime(),
    // Written by sessionState from a view's own state.
    state: row.state as SessionView["state"],
    currentQuestion: null,
  });
}
