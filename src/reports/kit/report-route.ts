import type { Context } from "hono";
import { CSV } from "../../csv/cells.ts";
import type { Database } from "../../db/client.ts";
import type { Principal } from "../../http/access-token.ts";
import { type Access, principalIn } from "../../http/authentication.ts";
import type { ErrorCode } from "../../http/errors.ts";
import { type AppEnv, defineRoute, type Router } from "../../http/route.ts";
import { z } from "../../http/zod.ts";
import type { Services } from "../../services.ts";
import { formQuery } from "./form-query.ts";
import { goingOn, type Pages } from "./paging.ts";
import { type AskedForm, type AskedReport, formOf } from "./prepared.ts";
import type { DatedReport } from "./report.ts";
import { exampleMeta, reportOf } from "./report-meta.ts";
import { type Period, queryOf } from "./report-query.ts";
import { replyWith } from "./report-reply.ts";
import { csvExample, type Sheets } from "./sheet.ts";
import type { Head } from "./statement.ts";

type Shape = z.ZodRawShape;
type Output<S extends Shape> = z.output<z.ZodObject<S>>;

/** Whose reports a kind of route gives, and who may see them. */
export type Audience<Who, Query extends Shape, Params extends Shape> = {
  readonly access: Access;
  readonly tag: "Analytics" | "Reports";
  readonly errors: readonly ErrorCode[];
  /** What each of these reports takes. */
  readonly query: Query;
  readonly params: Params;
  readonly who: (principal: Principal, query: Output<Query>, params: Output<Params>) => Who;
  /** Whom it is of: what is the same for all who may see it is kept under this. */
  readonly idOf: (who: Who) => string;
  /** What a report of them begins with, in one small statement. Throws where the caller may not see it. */
  readonly head: (services: { db: Database }, who: Who, asked: Period, days: number | undefined) => Promise<Head>;
  /** Whether what was made for one caller serves the next until the record moves. The head is read before each. */
  readonly isKept: boolean;
};

/** What one report is: how it is asked for, what it holds, and how its numbers are read. */
export type ReportDefinition<Who, Path extends string, Query extends Shape, Params extends Shape, Data> = {
  /** As in its files' names. */
  readonly name: string;
  readonly path: Path;
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  /** Beside what the audience's take. */
  readonly query: Query;
  readonly params?: Params;
  /** The last so many days are its period, where none is asked for. */
  readonly days?: number;
  readonly data: z.ZodType<Data>;
  readonly example: Data;
  readonly sheets: Sheets<Data>;
  /** Which of its tables comes in pages, and how their cursor is read: its CSV has them all, unless one is asked for. */
  readonly pages?: Pages;
  readonly read: (services: { db: Database }, ask: Ask<Who, Query, Params>) => Promise<DatedReport<Data>>;
};

export type Ask<Who, Query extends Shape, Params extends Shape = Record<never, never>> = {
  readonly who: Who;
  /** The rows of this table alone are wanted, as its pages follow each other; else the whole report. */
  readonly only: string | undefined;
  readonly asked: Output<Query> & Period;
  readonly params: Output<Params>;
};

/** A report that can be put among an app's routes. */
export type ReportRoute = { readonly add: (router: Router, services: Services) => void };

/** Makes reports for this audience: JSON and CSV from one definition, with an ETag that moves with the record. */
export const reportsFor =
  <Who, OwnQuery extends Shape, OwnParams extends Shape>(audience: Audience<Who, OwnQuery, OwnParams>) =>
  <Path extends string, Query extends Shape, Data, Params extends Shape = Record<never, never>>(
    definition: ReportDefinition<Who, Path, Query, Params, Data>,
  ): ReportRoute => ({
    add(router, services) {
      const { operationId, summary, path, data, sheets, example } = definition;
      const params = { ...audience.params, ...definition.params };
      const route = defineRoute(services.tokens, {
        method: "get",
        path: path as string,
        operationId,
        tags: [audience.tag],
        summary,
        description: `${definition.description} ${inWords(Object.keys(sheets))}`,
        access: audience.access,
        ...(Object.keys(params).length > 0 ? { params: z.object(params) } : {}),
        query: queryOf({ ...audience.query, ...definition.query, ...formQuery(Object.keys(sheets)) }),
        response: reportOf(data).openapi({ example: { data: example, meta: exampleMeta } as never }) as z.ZodType,
        alsoAnswers: { [CSV]: csvExample(sheets, example) },
        revalidated: true,
        errors: [...audience.errors, "rate_limited", "service_unavailable"],
      });
      router.openapi(route, async (c) => {
        const { query, params } = inputOf<
          Output<OwnQuery> & Output<Query> & AskedReport & AskedForm,
          Output<OwnParams> & Output<Params>
        >(c);
        const who = audience.who(principalIn(c), query, params);
        return replyWith(c, services, {
          name: definition.name,
          ofWhom: JSON.stringify([audience.idOf(who), params]),
          form: formOf(c, query, sheets),
          asked: query,
          sheets,
          pages: definition.pages,
          head: () => audience.head(services, who, goingOn(query), definition.days),
          isKept: audience.isKept,
          read: (asked, only) => definition.read(services, { who, asked: goingOn(asked), params, only }),
        });
      });
    },
  });

const inWords = (tables: readonly string[]) =>
  `CSV: \`format=csv\` or \`Accept: text/csv\`${tables.length > 1 ? `, \`table\` ${tables.map((table) => `\`${table}\``).join(", ")}` : ""}.`;

type Input<Query, Params> = { query: Query; params: Params };

/** What the route's schemas let through. They are put together from parts, of which the compiler loses track. */
const inputOf = <Query, Params>(c: Context<AppEnv>): Input<Query, Params> => ({
  query: c.req.valid("query" as never),
  params: c.req.valid("param" as never),
});
