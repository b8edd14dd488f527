/** The platform starts with its first request, which waits for it; those of the Worker under test have less patience. */
await fetch("http://127.0.0.1:8790/health");

export {};
