import { CSV, CSV_WITH_HEADER, csvLine } from "../../csv/cells.ts";
import { asReplied, dataOf } from "../../http/envelope.ts";
import { prefers } from "../../http/negotiation.ts";
import { defineRoute, type Router } from "../../http/route.ts";
import { textStream } from "../../http/text-stream.ts";
import { z } from "../../http/zod.ts";
import type { Services } from "../../services.ts";
import { CSV_COLUMNS, toCells } from "../csv/columns.ts";
import type { ImportKind, Json } from "../import/kinds.ts";
import { importedQuestion, importedSkill, importedTemplate, importKind } from "../import/schemas.ts";
import { exportRows } from "./export-rows.ts";

const exportFilters = z.object({
  kind: importKind,
  format: z.enum(["json", "csv"]).optional().openapi({
    example: "csv",
    description: "Of what `bulk_import` takes, or `import`; else the Accept header says it",
  }),
});

/** One of them, as an import takes it. */
const exportedRows = z
  .object({
    skills: z.array(importedSkill).optional(),
    questions: z.array(importedQuestion).optional(),
    templates: z.array(importedTemplate).optional(),
  })
  .openapi("Export", {
    example: {
      questions: [
        {
          id: 2,
          skill: "math/5/A.1",
          type: "NUMERIC",
          level: 2,
          prompt: "What is 12 × 9?",
          data: {},
          correct_answer: { value: 108 },
          explanation: "12 × 9 = 120 − 12.",
        },
      ],
    },
  });

const CSV_EXAMPLE = `${csvLine(Object.keys(CSV_COLUMNS.questions))}1,math/5/A.1,MCQ,2,What is 7 × 8?,…\r\n`;

/** Adds the route by which an ADMIN takes the catalog elsewhere. */
export function addExport(router: Router, services: Services): void {
  const route = defineRoute(services.tokens, {
    method: "get",
    path: "/admin/export",
    operationId: "adminExport",
    tags: ["Admin"],
    summary: "Export skills, questions or templates",
    description:
      "Everything of one kind, in the formats that the imports take: `bulk_import` the JSON as it comes, `import` the CSV. " +
      "What a spreadsheet would take for a formula has an apostrophe before it, which the import takes off again.",
    access: ["ADMIN"],
    query: exportFilters,
    response: dataOf(exportedRows),
    alsoAnswers: { [CSV]: CSV_EXAMPLE },
    errors: ["service_unavailable"],
  });
  router.openapi(route, async (c) => {
    const { kind, format = prefers(c.req.header("Accept"), CSV) ? "csv" : "json" } = c.req.valid("query");
    const pages = exportRows(services.db, kind);
    // A database that is down is answered for; later on the reply could only break off.
    const first = await pages.next();
    return download({ kind, format, texts: textsOf(format, kind, first, pages) });
  });
}

type Download = { kind: ImportKind; format: "json" | "csv"; texts: AsyncGenerator<string> };

function download<R extends Response>({ kind, format, texts }: Download): R {
  return asReplied<R>(
    new Response(textStream(texts), {
      headers: {
        "Content-Type": format === "csv" ? CSV_WITH_HEADER : "application/json",
        "Content-Disposition": `attachment; filename="${kind}.${format}"`,
      },
    }),
  );
}

async function* textsOf(
  format: "json" | "csv",
  kind: ImportKind,
  first: IteratorResult<Json[]>,
  rest: AsyncGenerator<Json[]>,
): AsyncGenerator<string> {
  const rows = format === "csv" ? csvRows(kind) : jsonRows();
  yield format === "csv" ? csvLine(Object.keys(CSV_COLUMNS[kind])) : `{"data":{"${kind}":[`;
  if (!first.done) yield rows(first.value);
  for await (const page of rest) yield rows(page);
  if (format === "json") yield "]}}";
}

const csvRows = (kind: ImportKind) => (page: readonly Json[]) =>
  page.map((item) => csvLine(toCells(kind, item))).join("");

function jsonRows() {
  let isFirst = true;
  return (page: readonly Json[]) => {
    const text = page.map((item) => JSON.stringify(item)).join(",");
    const separator = isFirst ? "" : ",";
    isFirst = false;
    return separator + text;
  };
}
