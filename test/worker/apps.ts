import { env } from "cloudflare:workers";
import { createApp } from "../../src/app.ts";
import type { Bindings } from "../../src/bindings.ts";
import type { Router } from "../../src/http/route.ts";
import { createServices, type Services } from "../../src/services.ts";
import { type Answer, answerOf } from "./client.ts";
import { edgeAt } from "./edge.ts";
import { from, newAddress } from "./people.ts";

/** The bindings of the Worker under test. */
export const bindings = env as unknown as Bindings & Record<string, string>;

/** Services of a test's own, on the same Postgres and Redis, with settings of its choice: an isolate and an edge that have read nothing. */
export const servicesWith = (variables: Record<string, string> = {}): Services => ({
  ...createServices({ ...bindings, ...variables }),
  edge: edgeAt(),
});

/** The product with other settings, or with some of its services put in. */
export const appWith = (variables: Record<string, string>, services: Partial<Services> = {}): Router =>
  createApp({ ...servicesWith(variables), ...services });

/** A POST to one of the API's routes of this app. */
export async function post(app: Router, path: string, body: object, address = newAddress()): Promise<Answer> {
  const response = await app.request(`/api/v1${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...from(address) },
    body: JSON.stringify(body),
  });
  return answerOf(response);
}
