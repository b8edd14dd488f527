import type { Sent } from "./client.ts";

/** Whether a call is served while a service is down, or answers 503. */
export type Fate = "served" | "503";

/** One route, called as a client would call it. */
export type Call = {
  readonly name: string;
  readonly withoutRedis: Fate;
  readonly withoutPostgres: Fate;
  /** Where the isolate has read nothing yet; what the edge keeps is there. */
  readonly withoutPostgresCold: Fate;
  /** Makes, while all is well, what the call needs, and the request. */
  prepare(baseUrl: string): Promise<Sent>;
};

/** How one call differs from what the OpenAPI document alone says of its route. */
export type Recipe = Partial<Omit<Call, "prepare">> & {
  /** What differs from the document's example; `id` stands for the parameter of the path. */
  prepare?(baseUrl: string): Promise<Partial<Sent> & { readonly id?: string }>;
};
