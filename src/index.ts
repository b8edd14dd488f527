import { env } from "cloudflare:workers";
import { createServer } from "./app.ts";
import type { Bindings } from "./bindings.ts";
import { sharedServices } from "./services.ts";

export { LiveClassroom } from "./live/live-classroom.ts";
export { StudentPractice } from "./practice/student-practice.ts";

/** Settings are parsed here, as the Worker starts: where one is missing or bad, it is named and nothing starts. */
export default createServer(sharedServices(env as unknown as Bindings));
