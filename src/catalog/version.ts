import { waitUntil } from "cloudflare:workers";
import type { Database } from "../db/client.ts";
import { catalogVersion as versionRow } from "../db/tables.ts";
import { within } from "../http/within.ts";

/** How old the version that an isolate knows may be: so late does a change of the catalog show that another made. */
const FRESH_MS = 3_000;
/** How long a caller waits for Postgres before going on without. */
const PATIENCE_MS = 1_000;

/** A version of the catalog, and when Postgres said that it is the one. */
export type DatedVersion = { readonly version: number; readonly atMs: number };

/** Where isolates tell each other the version. */
type SharedVersion = { version(): Promise<DatedVersion | undefined>; keepVersion(dated: DatedVersion): void };

type Knowledge = {
  known: DatedVersion | undefined;
  asking: { readonly answer: Promise<number>; readonly sinceMs: number } | undefined;
  /** When this isolate last changed the catalog. */
  changedAtMs: number;
};

/** Of each database, in this isolate. */
const knowledge = new WeakMap<Database, Knowledge>();

/**
 * The catalog's version as this isolate knows it, at most 3 s old; who finds it older asks the edge, where one is given,
 * then Postgres, one for all that wait. Rejects where Postgres fails or does not answer within a second.
 */
export async function catalogVersion({ db }: { db: Database }, nowMs: number, edge?: SharedVersion): Promise<number> {
  const fresh = freshVersion({ db }, nowMs);
  if (fresh !== undefined) return fresh;
  const state = knowledgeOf(db);
  if (!state.asking || nowMs - state.asking.sinceMs >= PATIENCE_MS) {
    const answer = askVersion(db, nowMs, edge);
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
  const state = knowledgeOf(db);
  return state.known && isFresh(state, state.known, nowMs) ? state.known.version : undefined;
}

/**
 * Runs a change of the catalog. Whatever comes of it, a version from before it is fresh no more in this isolate: who has
 * changed something and looks sees it.
 */
export async function changingCatalog<T>({ db }: { db: Database }, change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } finally {
    const state = knowledgeOf(db);
    state.changedAtMs = Date.now();
    state.asking = undefined;
  }
}

/** The version that this isolate, or else the edge, knew last, however old. Never rejects. */
export async function lastVersion({ db }: { db: Database }, edge: SharedVersion): Promise<number | undefined> {
  const state = knowledgeOf(db);
  if (!state.known) {
    const shared = await edge.version();
    if (shared) noteVersion({ db }, shared.version, shared.atMs);
  }
  return state.known?.version;
}

/** Tells the edge what this isolate knows, with its age: an isolate that has just begun knows as much. */
export function shareVersion({ db }: { db: Database }, edge: SharedVersion): void {
  const { known } = knowledgeOf(db);
  if (known) edge.keepVersion(known);
}

/** Notes a version that came with other rows, so that nobody needs to ask for it; an older reading changes nothing. */
export function noteVersion({ db }: { db: Database }, version: number, atMs: number): void {
  const state = knowledgeOf(db);
  if (!state.known || state.known.atMs <= atMs) state.known = { version, atMs };
}

/** The first row of a statement that starts from catalog_version, which has exactly one. */
export function firstRow<Row>(rows: readonly Row[]): Row {
  const [first] = rows;
  if (!first) throw new Error("catalog_version has no row: the migrations make it");
  return first;
}

async function askVersion(db: Database, nowMs: number, edge: SharedVersion | undefined): Promise<number> {
  const shared = await edge?.version();
  if (shared && isFresh(knowledgeOf(db), shared, nowMs)) {
    noteVersion({ db }, shared.version, shared.atMs);
    return shared.version;
  }
  const { version } = firstRow(await db.query.select({ version: versionRow.version }).from(versionRow));
  noteVersion({ db }, version, nowMs);
  edge?.keepVersion({ version, atMs: nowMs });
  return version;
}

/** A time to come is another machine's clock, or one that was set back: it says nothing. */
function isFresh({ changedAtMs }: Knowledge, { atMs }: DatedVersion, nowMs: number): boolean {
  return atMs > changedAtMs && atMs <= nowMs && nowMs - atMs < FRESH_MS;
}

function knowledgeOf(db: Database): Knowledge {
  const known = knowledge.get(db);
  if (known) return known;
  const nothing: Knowledge = { known: undefined, asking: undefined, changedAtMs: Number.NEGATIVE_INFINITY };
  knowledge.set(db, nothing);
  return nothing;
}
