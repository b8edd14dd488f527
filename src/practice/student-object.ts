import { serviceUnavailable } from "../http/errors.ts";
import { isOverloaded, isRetryable } from "../http/object-failure.ts";
import { timed } from "../http/server-timing.ts";
import type { Services } from "../services.ts";
import type { StudentPractice } from "./student-practice.ts";

/** The object's commands. What they take and return is plain data, the same on both sides of the call. */
export type Commands = Pick<
  StudentPractice,
  "start" | "session" | "submit" | "next" | "heartbeat" | "finish" | "updateProfile" | "watch"
>;

/** The name of the object that holds a guest's one session: whoever knows the session's id may act on it. */
export const guestObject = (sessionId: string) => `guest:${sessionId}`;

/**
 * Calls a student's object. A call that failed on its way is made once more, with a new stub: every command is one that
 * may come twice. An object that has too much to do is left alone.
 */
export async function callObject<T>(
  services: Services,
  name: string,
  call: (object: Commands) => Promise<T>,
): Promise<T> {
  try {
    return await timed("object", () => call(objectNamed(services, name)));
  } catch (error) {
    if (isOverloaded(error)) throw serviceUnavailable("Too much is going on for this student.", 1);
    if (!isRetryable(error)) throw error;
    return timed("object", () => call(objectNamed(services, name)));
  }
}

/** The stub's own types turn what they cannot prove to be plain data (JSON of any form) into promises of parts. */
const objectNamed = (services: Services, name: string) => services.students.getByName(name) as unknown as Commands;
