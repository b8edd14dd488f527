import { waitUntil } from "cloudflare:workers";
import type { Redis } from "@upstash/redis/cloudflare";
import { inArray, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Context } from "hono";
import { v7 as uuidV7 } from "uuid";
import type { Database } from "../db/client.ts";
import { principalIn } from "./authentication.ts";
import { asReplied } from "./envelope.ts";
import { ApiError, errorResponse } from "./errors.ts";
import { idempotencyKeyIn } from "./idempotency-key.ts";
import { received } from "./received.ts";
import { type KeptReply, replyStore } from "./reply-store.ts";
import { type RequestIdentity, requestUuid, uuidFrom } from "./request-identity.ts";
import type { AppEnv } from "./route.ts";

/** One request to make something. */
export type Create = {
  /**
   * The id of the row to make, or where its table counts its ids, the row's `create_key`. A repeat of the request has
   * the same one, so that it meets its own row whatever else was forgotten; without an Idempotency-Key it is new.
   */
  readonly id: string;
  /** The id of one of several rows that the request makes, by a name that a repeat gives it too. */
  part(name: string): Promise<string>;
};

type Options = {
  /** The column that holds {@link Create.id}: a reply is sent again only as long as a row has it. */
  readonly row?: PgColumn;
  /** True where the reply holds a password or a token: such a reply is kept nowhere, and a repeat runs again. */
  readonly carriesCredentials?: boolean;
  /** No such request takes longer: half a minute where nothing is said. */
  readonly longestSec?: number;
};

const LONGEST_SEC = 30;

/** A request by its {@link Create.id}, and the secret that this is made with. */
type Identity = { readonly id: string; readonly secret: string };

type Parts = {
  readonly redis: Redis;
  readonly db: Database;
  readonly settings: { readonly TOKEN_SECRET: readonly string[] };
};

/**
 * Runs creates and imports so that a client may send one again. With an `Idempotency-Key`, the same request of the same
 * user (method, path, key, body) gets the first reply byte for byte with `Idempotent-Replayed: true` for a day, and
 * `idempotency_in_progress` while the first is under way; without Redis it runs again and meets its own row. Refusals
 * are not kept but decided anew: they have made nothing, and what was in the way may be gone.
 *
 * @example
 * const create = idempotent(services);
 * router.openapi(route, (c) =>
 *   create(c, { row: subjects.createKey }, async ({ id }) => ok(c, await createSubject({ id, ...c.req.valid("json") }))),
 * );
 */
export function idempotent(parts: Parts) {
  const secrets = parts.settings.TOKEN_SECRET;
  const [newest] = secrets;
  if (newest === undefined) throw new Error("TOKEN_SECRET holds no secret");
  const replies = replyStore(parts.redis);
  const toCreate = ({ id, secret }: Identity): Create => ({ id, part: (name) => uuidFrom(secret, ["part", id, name]) });

  const rowAmong = async (column: PgColumn, ids: readonly string[]) => {
    const found = sql`select ${column}::text as id from ${column.table} where ${inArray(column, [...ids])} limit 1`;
    const { rows } = await parts.db.query.execute<{ id: string }>(found);
    return rows[0]?.id;
  };

  /** By the newest secret, unless it came before under an older one: whoever replaces a secret makes nothing twice. */
  const identify = async (c: Context<AppEnv>, key: string, row: PgColumn | undefined): Promise<Identity> => {
    const request = await requestIn(c, key);
    const identityBy = async (secret: string) => ({ id: await requestUuid(secret, request), secret });
    if (secrets.length === 1) return identityBy(newest);
    const older = await Promise.all(secrets.slice(1).map(identityBy));
    const ids = older.map(({ id }) => id);
    const known = (await replies.heldAmong(ids)) ?? (row && (await rowAmong(row, ids)));
    return older.find(({ id }) => id === known) ?? identityBy(newest);
  };

  return async <R extends Response>(
    c: Context<AppEnv>,
    { row, carriesCredentials = false, longestSec = LONGEST_SEC }: Options,
    work: (create: Create) => Promise<R>,
  ): Promise<R> => {
    const key = idempotencyKeyIn(c);
    if (key === undefined) return work(toCreate({ id: uuidV7(), secret: newest }));
    const identity = await identify(c, key, row);
    const { id } = identity;
    let beginning = await replies.begin(id, longestSec);
    if (beginning.state === "replied") {
      if (!row || (await rowAmong(row, [id]))) return asReplied(replay(c, beginning.reply));
      beginning = await replies.beginAnew(id, longestSec);
    }
    if (beginning.state === "running") throw inProgress();
    if (beginning.state === "replied") throw new Error("a request that began anew is its own");
    const { state, token } = beginning;

    const { response, failure } = await outcome(c, () => work(toCreate(identity)));
    const kept = response && !carriesCredentials ? await toKept(response) : undefined;
    const finished = replies.finish(id, token, kept);
    // Where Redis has just failed, the client does not wait for it once more.
    if (state === "unknown") waitUntil(finished);
    else await finished;
    if (!response) throw failure;
    return asReplied(response);
  };
}

async function requestIn(c: Context<AppEnv>, key: string): Promise<RequestIdentity> {
  const { pathname, search } = new URL(c.req.url);
  return {
    userId: principalIn(c).userId,
    method: c.req.method,
    path: pathname + search,
    key,
    body: await received(c.req.arrayBuffer()),
  };
}

const inProgress = () =>
  new ApiError("idempotency_in_progress", "The first request with this Idempotency-Key is still under way.", {
    retryAfterSec: 1,
  });

/** What the work answers, refusals included; a failure that nobody foresaw is for the app to answer. */
async function outcome(
  c: Context,
  work: () => Promise<Response>,
): Promise<{ response: Response; failure?: never } | { response?: never; failure: unknown }> {
  try {
    return { response: await work() };
  } catch (failure) {
    return failure instanceof ApiError ? { response: errorResponse(c, failure) } : { failure };
  }
}

/** Undefined where a repeat is to be decided anew. */
async function toKept(response: Response): Promise<KeptReply | undefined> {
  if (!response.ok) return undefined;
  const type = response.headers.get("Content-Type") ?? "application/json";
  return { type, body: await response.clone().text() };
}

const replay = (c: Context, { type, body }: KeptReply): Response =>
  c.body(body, 200, { "Content-Type": type, "Idempotent-Replayed": "true" });
