import { afterReply } from "../http/after-reply.ts";
import type { Services } from "../services.ts";

/**
 * Tells the live view of a class, after the reply, that who is in it, who may teach it, or whether it is open is another
 * now. Call it once the change is in Postgres: who lost the class loses the connection, who left it disappears, who is new
 * appears. Where nobody looks it costs one call that does nothing; where it fails, and of what is not told, such as a name,
 * the view finds out itself within two minutes.
 */
export function classroomChanged({ classrooms }: Pick<Services, "classrooms">, classroomId: string): void {
  afterReply("tell_live_view", () => classrooms.getByName(classroomId).recheck());
}
