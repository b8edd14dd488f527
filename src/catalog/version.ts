import { waitUntil } from "cloudflare:workers";
import type { Database } from "../db/client.ts";
import { catalogVersion as versionRow } from "../db/tables.ts";
import { within } from "../http/within.ts";

/** How old the version that an isolate knows may be: so late does a change of the catalog show. */
const FRESH_MS = 3_000;
/** How long a caller waits for Postgres before going on without. */
const PATIENCE_MS = 1_000;

type Knowledge = {
  known: { readonly version: number; readonly atMs: number } | undefined;
  asking: { readonly answer: Promise<number>; readonly sinceMs: number } | undefined;
};

/** Of each database, in this isolate. */
const knowledge = new WeakMap<Database, Knowledge>();

/**
 * The catalog's version as this isolate knows it, at most 3 s old; who finds it older asks Postgres, one for all that
 * wait. Rejects where Postgres fails or does not answer within a second.
 */
export async function catalogVersion({ db }: { db: Database }, nowMs: number): Promise<number> {
  const fresh = freshVersion({ db }, nowMs);
  if (fresh !== undefined) return fresh;
  const state = knowledgeOf(db);
  if (!state.asking || nowMs - state.asking.sinceMs >= PATIENCE_MS) {
    const answer = askVersion(db, nowMs);
    state.asking = { answer, sinceMs: nowMs };
    // Others wait for this answer too: it must come even if the request that asked is gone.
    waitUntil(
      answer
        .catch(() => undefined)
        .finally(() => {
          if (state.asking?.answer === answer) state.asking = undefined;
        }),
    );
  }
  return within(PATIENCE_MS, state.asking.answer);
}

/** The version where this isolate has it fresh, without asking anybody. */
export function freshVersion({ db }: { db: Database }, nowMs: number): number | undefined {
  const { known } = knowledgeOf(db);
  return known && nowMs - known.atMs < FRESH_MS ? known.version : undefined;
}

/** Notes a version that came with other rows, so that nobody needs to ask for it. */
export function noteVersion({ db }: { db: Database }, version: number, nowMs: number): void {
  knowledgeOf(db).known = { version, atMs: nowMs };
}

async function askVersion(db: Database, nowMs: number): Promise<number> {
  const [row] = await db.query.select({ version: versionRow.version }).from(versionRow);
  if (!row) throw new Error("catalog_version has no row: the migrations make it");
  noteVersion({ db }, row.version, nowMs);
  return row.version;
}

function knowledgeOf(db: Database): Knowledge {
  const known = knowledge.get(db);
  if (known) return known;
  const nothing: Knowledge = { known: undefined, asking: undefined };
  knowledge.set(db, nothing);
  return nothing;
}
