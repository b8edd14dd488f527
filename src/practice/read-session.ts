import { and, eq } from "drizzle-orm";
import { practiceSessions } from "../db/tables.ts";
import type { Principal } from "../http/access-token.ts";
import type { Services } from "../services.ts";
import type { CommandReply } from "./commands.ts";
import { noSuchSession } from "./refusal.ts";
import type { SessionView } from "./schemas.ts";
import { sessionView } from "./session-view.ts";
import { callObject, guestObject } from "./student-object.ts";

/** A session of the caller's, of any age: from their object while it is there, from the record afterwards. */
export async function readSession(
  services: Services,
  { principal, sessionId }: { principal: Principal | undefined; sessionId: string },
): Promise<CommandReply> {
  const name = principal?.userId ?? guestObject(sessionId);
  const reply = await callObject(services, name, (stub) => stub.session(sessionId));
  if (typeof reply === "string" || reply.ok || !principal || reply.refusal.code !== "not_found") return reply;
  const [row] = await services.db.query
    .select()
    .from(practiceSessions)
    .where(and(eq(practiceSessions.id, sessionId), eq(practiceSessions.studentId, principal.userId)));
  return row ? JSON.stringify(toView(row)) : noSuchSession();
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
