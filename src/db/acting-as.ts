import { type SQL, sql } from "drizzle-orm";
import type { Database } from "./client.ts";
import { NO_ADMIN } from "./errors.ts";
import { users } from "./tables/users.ts";

/** Who changes something, by which request: what the audit log keeps of it. */
export type Actor = { readonly userId: string; readonly requestId: string };

/**
 * The first statement of a batch whose changes the audit log is to tell of: triggers write them down in the same
 * transaction, row by row. Without it they write nothing. It fails, and the batch with it, where the actor is no active ADMIN
 * any more: an access token outlives a deactivation by minutes, in which nobody is to give themselves back what they lost.
 *
 * @example await query.batch([actingAs(query, actor), query.update(users).set(change).where(eq(users.id, id))]);
 */
export const actingAs = (query: Database["query"], actor: Actor) => query.execute(sql`select ${told(actor)}`);

/**
 * The same for a change of the catalog. Such changes go one after the other: each waits here for those before it, so
 * that they cannot lock each other out.
 */
export const editingCatalog = (query: Database["query"], actor: Actor) =>
  query.execute(sql`select ${told(actor)} from catalog_version where id = 1 for update`);

/**
 * The same for what was planned when the catalog had this version: it divides by zero, which ends the transaction, where the
 * catalog has another by now.
 */
export const editingCatalogAt = (actor: Actor, version: string): SQL =>
  sql`select ${told(actor)}, 1 / (version = ${version}::bigint)::integer from catalog_version where id = 1 for update`;

const told = ({ userId, requestId }: Actor) =>
  sql`set_config('ascent.actor', ${userId}, true), set_config('ascent.request_id', ${requestId}, true),
    coalesce((select 'true' from ${users} where id = ${userId}::uuid and role = 'ADMIN' and is_active), ${NO_ADMIN})::boolean`;
