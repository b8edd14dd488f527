import type { Visitor } from "./socket-rules.ts";

/** A teacher at the door of a class: who the Worker found them to be, for the class's object to let in. */
export type Visit = Visitor & { readonly classroomId: string };

const HEADER = "Ascent-Visit";

/** The request that asks a class's object for a connection; only the Worker makes one. */
export const visitRequest = (visit: Visit) =>
  new Request("https://classroom.internal/", { headers: { Upgrade: "websocket", [HEADER]: JSON.stringify(visit) } });

/** The visit that such a request is. */
export const visitIn = ({ headers }: Request) => JSON.parse(headers.get(HEADER) ?? "") as Visit;
