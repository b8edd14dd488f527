import { PgDialect } from "drizzle-orm/pg-core";
import { editingCatalogAt } from "../../db/acting-as.ts";
import type { Patience } from "../../db/client.ts";
import { pgError } from "../../db/errors.ts";
import { ApiError, badFields } from "../../http/errors.ts";
import { conflict } from "../faults.ts";
import type { Work } from "../work.ts";
import { checkRows } from "./check-rows.ts";
import { type Change, IMPORT_KINDS, type ImportFault, type ImportKind, type SentRows } from "./kinds.ts";
import { type Plan, planImport } from "./plan.ts";
import type { Progress } from "./progress.ts";
import type { Run, Statement } from "./statements.ts";
import { writePlan } from "./write-plan.ts";

/** A few thousand rows and as many entries in the audit log are written in one go; what is read is waited for as always. */
const TO_WRITE: Patience = { patienceMs: 25_000 };
/** What Neon takes in one request is 10 MB. */
const MAX_REQUEST_BYTES = 9_000_000;
/** How often it is planned anew because somebody changed the catalog meanwhile. */
const ATTEMPTS = 3;
/** Longer than any import: in each attempt a few reads, the write, and running as many templates as one may have. */
export const LONGEST_IMPORT_SEC = ATTEMPTS * 60;

type Counts = Readonly<Record<`${ImportKind}_${"created" | "updated" | "unchanged"}`, number>>;

/** What an import did, or would do. */
export type ImportReport = Counts & { readonly dry_run: boolean };

/** The same of a dry run: every change, and every fault. */
export type DryRunReport = ImportReport & {
  readonly changes: readonly Change[];
  readonly faults: readonly ImportFault[];
};

/**
 * Puts rows into the catalog, all of them or none; rows that are there as they are sent are left alone, so that a second
 * time changes nothing. `validation_error` with every fault, by row; `conflict` where others keep changing the catalog.
 */
export async function importCatalog(work: Work, sent: SentRows, progress: Progress): Promise<ImportReport> {
  const { rows, faults } = await checkRows(sent, { progress });
  let steps = progress;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const { plan, faults: further } = await planImport(runOn(work), rows, { progress: steps });
    const all = [...faults, ...further];
    if (all.length > 0) throw badFields(inOrder(all));
    if (await write(work, plan)) return { ...counts(plan), dry_run: false };
    // The templates have been counted.
    steps = { step: () => Promise.resolve() };
  }
  throw conflict("Others are changing the catalog just now. Try again.");
}

/** What the same import would do and what is wrong with it; writes nothing. */
export async function tryImport(work: Work, sent: SentRows, progress: Progress): Promise<DryRunReport> {
  const { rows, faults } = await checkRows(sent, { progress });
  const { plan, faults: further } = await planImport(runOn(work), rows, { progress });
  return { ...counts(plan), dry_run: true, changes: plan.changes, faults: inOrder([...faults, ...further]) };
}

/** False where the catalog has changed since it was planned. */
async function write(work: Work, plan: Plan): Promise<boolean> {
  const changes = await writePlan(runOn(work), plan);
  if (changes.length === 0) return true;
  const bytes = changes.flatMap(({ params }) => params).reduce((sum: number, one) => sum + sizeOf(one), 0);
  if (bytes > MAX_REQUEST_BYTES) {
    throw new ApiError("payload_too_large", "That is more than can be written at once. Send it in parts.");
  }
  try {
    await runOn(work, TO_WRITE)([holding(work, plan.version), ...changes]);
    return true;
  } catch (failure) {
    if (pgError(failure)?.code === DIVISION_BY_ZERO) return false;
    throw failure;
  }
}

const DIVISION_BY_ZERO = "22012";

const dialect = new PgDialect({ casing: "snake_case" });

/** What the changes come after in their transaction. */
function holding({ actor }: Work, version: string): Statement {
  const { sql: text, params } = dialect.sqlToQuery(editingCatalogAt(actor, version));
  return { text, params: params.map(String) };
}

/** As JSON within JSON. */
const sizeOf = (parameter: string | number) => Buffer.byteLength(JSON.stringify(parameter));

function runOn({ services }: Work, fetchOptions: Partial<Patience> = {}): Run {
  const { http } = services.db;
  return async (statements) => {
    const queries = statements.map(({ text, params }) => http.query(text, [...params]));
    return http.transaction(queries, { fetchOptions });
  };
}

function counts({ skills, questions, templates, unchanged }: Plan): Counts {
  const created = (plans: readonly { readonly isNew: boolean }[]) => plans.filter(({ isNew }) => isNew).length;
  const updated = (plans: readonly { readonly isNew: boolean }[]) => plans.length - created(plans);
  return {
    skills_created: created(skills),
    skills_updated: updated(skills),
    skills_unchanged: unchanged.skills,
    questions_created: created(questions),
    questions_updated: updated(questions),
    questions_unchanged: unchanged.questions,
    templates_created: created(templates),
    templates_updated: updated(templates),
    templates_unchanged: unchanged.templates,
  };
}

const inOrder = (faults: readonly ImportFault[]) =>
  faults.toSorted((a, b) => IMPORT_KINDS.indexOf(a.kind) - IMPORT_KINDS.indexOf(b.kind) || a.row - b.row);
