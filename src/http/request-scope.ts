import { AsyncLocalStorage } from "node:async_hooks";

/** What a request waits for: the check of its token, Postgres, Redis, a Durable Object. */
export type Part = "auth" | "db" | "redis" | "object";

/** How long a part has been waited for, and since when it is, by how many calls at once. */
export type Wait = { ms: number; calls: number; underWay: number; sinceMs: number };

/** What belongs to one request and reaches wherever it does, without being handed on. */
export type RequestScope = { readonly requestId: string; readonly waits: Map<Part, Wait> };

/** The scope of the request that is being served; none in an object's alarm or a test's own call. */
export const requestScope = new AsyncLocalStorage<RequestScope>();
