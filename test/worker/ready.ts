import { PLATFORM } from "./client.ts";

/** The platform starts with its first request, which waits for it; those of the Worker under test have less patience. */
await fetch(`${PLATFORM}/health`);
