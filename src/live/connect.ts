import { eq } from "drizzle-orm";
import { standing } from "../classrooms/teaching.ts";
import type { Database } from "../db/client.ts";
import { classrooms, users } from "../db/tables.ts";
import type { Principal } from "../http/access-token.ts";
import { signInFirst } from "../http/authentication.ts";
import { ApiError, serviceUnavailable } from "../http/errors.ts";
import { timed } from "../http/server-timing.ts";
import type { Services } from "../services.ts";
import { CLOSE, readOffer, SUBPROTOCOL } from "./protocol.ts";
import { closedSocket, upgraded } from "./sockets.ts";
import { visitRequest } from "./visit.ts";

const SWITCHING_PROTOCOLS = 101;

/**
 * Connects a teacher to the live view of a class. What is wrong with the token or the class is said by a close code, as
 * browsers show no status; an offer that holds no token at all is 401, one without our subprotocol 400.
 */
export async function connect(services: Services, offer: string | undefined, classroomId: string): Promise<Response> {
  const { speaksOurs, token } = readOffer(offer);
  if (token === undefined) throw signInFirst();
  if (!speaksOurs) {
    throw new ApiError("validation_error", `Offer the subprotocol ${SUBPROTOCOL} beside that of the token.`, {
      status: 400,
    });
  }
  const principal = await timed("auth", () => services.tokens.verify(token, Date.now()));
  if (!principal) return closedSocket(CLOSE.badToken);
  if (principal.role !== "TEACHER") return closedSocket(CLOSE.notYourClass);
  const [visited] = await visitedBy(services.db.query, principal, classroomId);
  if (!visited?.isTaught || !visited.isActive || visited.archivedAt) return closedSocket(CLOSE.notYourClass);
  const { userId: teacherId, expiresAtMs } = principal;
  const visit = visitRequest({ classroomId, teacherId, expiresAtMs });
  const response = await timed("object", () => services.classrooms.getByName(classroomId).fetch(visit));
  if (response.status !== SWITCHING_PROTOCOLS) throw serviceUnavailable("The live view cannot begin now.");
  return upgraded(response.webSocket);
}

/** How the caller stands to a class, and whether their account is active: a token outlives its being deactivated. */
const visitedBy = (query: Database["query"], principal: Principal, classroomId: string) =>
  query
    .select({ ...standing(query, principal), isActive: users.isActive })
    .from(classrooms)
    .innerJoin(users, eq(users.id, principal.userId))
    .where(eq(classrooms.id, classroomId));
