import { env } from "cloudflare:workers";
import { createApp } from "./app.ts";
import type { Bindings } from "./bindings.ts";
import { sharedServices } from "./services.ts";

export { StudentPractice } from "./practice/student-practice.ts";

/** Settings are parsed here, as the Worker starts: where one is missing or bad, it is named and nothing starts. */
export default createApp(sharedServices(env as unknown as Bindings));
