import type { Context } from "hono";
import { changingCatalog } from "../../catalog/version.ts";
import { CSV } from "../../csv/cells.ts";
import { dataOf, ok } from "../../http/envelope.ts";
import { badFields } from "../../http/errors.ts";
import { flag } from "../../http/fields.ts";
import { idempotent } from "../../http/idempotency.ts";
import { prefers } from "../../http/negotiation.ts";
import { type AppEnv, defineRoute, type Router } from "../../http/route.ts";
import { z } from "../../http/zod.ts";
import type { Services } from "../../services.ts";
import { rowsOfCsv } from "../csv/rows-of-csv.ts";
import { workOf } from "../work.ts";
import { importCatalog, LONGEST_IMPORT_SEC, tryImport } from "./import-catalog.ts";
import { faultAt, IMPORT_KINDS, type ImportKind, rowsOfJson, type SentRow, type SentRows } from "./kinds.ts";
import { NDJSON, progressReply } from "./ndjson.ts";
import { noProgress, type Progress } from "./progress.ts";
import { importReport } from "./report-schemas.ts";
import { importedQuestion, importedSkill, importedTemplate, importKind } from "./schemas.ts";

const MAX_BODY_BYTES = 8 * 1024 * 1024;
const MAX_ROWS = 10_000;

const dryRun = flag.optional().openapi({ description: "True: say what would change, and change nothing" });

/** Rows are read one by one, so that each fault names its row; the document has what they should look like. */
const rowsOf = (name: string) =>
  z
    .array(z.unknown())
    .max(MAX_ROWS)
    .optional()
    .openapi({ type: "array", items: { $ref: `#/components/schemas/${name}` } });

const rows = {
  skills: rowsOf("ImportedSkill"),
  questions: rowsOf("ImportedQuestion"),
  templates: rowsOf("ImportedTemplate"),
};

const bulkImport = z
  .object({ ...rows, data: z.object(rows).optional().openapi({ description: "A JSON export, as it came" }) })
  .openapi("BulkImport", {
    example: {
      skills: [{ subject_slug: "math", grade_number: 5, code: "A.9", title: "Multiply by powers of ten" }],
      questions: [
        {
          skill: "math/5/A.9",
          type: "NUMERIC",
          prompt: "What is 37 × 100?",
          data: {},
          correct_answer: { value: 3700 },
          explanation: "Two zeros: 3,700.",
          level: 2,
        },
      ],
    },
  });

const ALL_OR_NOTHING =
  "All or nothing: a fault in any row refuses the whole, with the row and the reason of every fault. Rows that are there as " +
  `they are sent are left alone: a second time changes nothing. With \`Accept: ${NDJSON}\` lines of \`{done, total}\` come ` +
  "while it goes on, and the last line is `{data}` or `{error}`; the status is then 200 in any case.";

const CSV_EXAMPLE = [
  "skill,type,level,prompt,data,correct_answer,explanation",
  'math/5/A.1,NUMERIC,2,What is 12 × 11?,{},"{""value"":132}","12 × 11 = 120 + 12."',
  "",
].join("\r\n");

const PROGRESS_EXAMPLE = `{"done":50,"total":100}
{"done":100,"total":100}
{"data":{"dry_run":false,"skills_created":0,"skills_updated":0,"skills_unchanged":0,"questions_created":100,"questions_updated":0,"questions_unchanged":0,"templates_created":0,"templates_updated":0,"templates_unchanged":0}}
`;

/** Adds the routes by which an ADMIN fills the catalog. */
export function addImports(router: Router, services: Services): void {
  const { tokens } = services;
  router.openAPIRegistry.register("ImportedSkill", importedSkill);
  router.openAPIRegistry.register("ImportedQuestion", importedQuestion);
  router.openAPIRegistry.register("ImportedTemplate", importedTemplate);
  const answer = answering(services);
  const common = {
    method: "post",
    tags: ["Admin"],
    access: ["ADMIN"],
    creates: true,
    maxBodyBytes: MAX_BODY_BYTES,
    response: dataOf(importReport),
    alsoAnswers: { [NDJSON]: PROGRESS_EXAMPLE },
    errors: ["conflict", "service_unavailable"],
  } as const;

  const bulk = defineRoute(tokens, {
    ...common,
    path: "/admin/bulk_import",
    operationId: "adminBulkImport",
    summary: "Import skills, questions and templates",
    description: ALL_OR_NOTHING,
    query: z.object({ dry_run: dryRun }),
    body: bulkImport,
  });
  router.openapi(bulk, (c) => {
    const body = c.req.valid("json");
    const { skills, questions, templates } = body.data ?? body;
    const sent = { skills: rowsOfJson(skills), questions: rowsOfJson(questions), templates: rowsOfJson(templates) };
    return answer(c, sent, c.req.valid("query").dry_run ?? false);
  });

  const csv = defineRoute(tokens, {
    ...common,
    path: "/admin/import",
    operationId: "adminImport",
    summary: "Import a CSV of skills, questions or templates",
    description:
      `${ALL_OR_NOTHING} The columns are those of the export, in any order; a column that is left out changes nothing. ` +
      "Skills are named by permacode, or by subject, grade and code: `math/5/A.1`.",
    query: z.object({ kind: importKind, dry_run: dryRun }),
    textBody: { type: CSV, example: CSV_EXAMPLE },
  });
  router.openapi(csv, async (c) => {
    const { kind, dry_run: isDry = false } = c.req.valid("query");
    const sent = {
      skills: [],
      questions: [],
      templates: [],
      [kind]: atMost(kind, rowsOfCsv(kind, await c.req.arrayBuffer())),
    };
    return answer(c, sent, isDry);
  });
}

function answering(services: Services) {
  const create = idempotent(services);
  return async (c: Context<AppEnv>, sent: SentRows, isDry: boolean) => {
    const work = workOf(c, services);
    const run = async (progress: Progress) => {
      if (isDry) return ok(c, await tryImport(work, sent, progress));
      return create(c, { longestSec: LONGEST_IMPORT_SEC }, async () =>
        ok(c, await changingCatalog(services, () => importCatalog(work, sent, progress))),
      );
    };
    if (!prefers(c.req.header("accept"), NDJSON)) return run(noProgress);
    const total = IMPORT_KINDS.reduce((sum, kind) => sum + sent[kind].length, 0);
    return progressReply(c, total, run);
  };
}

function atMost(kind: ImportKind, sent: SentRow[]): SentRow[] {
  if (sent.length <= MAX_ROWS) return sent;
  const message = `has ${sent.length} rows, and may have ${MAX_ROWS}: send it in parts`;
  throw badFields([faultAt(kind, MAX_ROWS + 1, { path: "", message })]);
}
