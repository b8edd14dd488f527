import pg from "pg";
import type { Stats } from "../stats.ts";
import { inTransaction, withClient } from "./database.ts";
import { errorResponse, RefusedRequest } from "./errors.ts";
import { parseSqlRequest, type Statement } from "./request.ts";

const LARGEST_BODY = 10 * 1024 * 1024;

/** Answers a POST to `/sql` as Neon's SQL over HTTP does, on whichever Postgres `pool` leads to. */
export async function answerSql(pool: pg.Pool, request: Request, stats: Stats): Promise<Response> {
  try {
    const text = await request.text();
    if (text.length > LARGEST_BODY) {
      throw new RefusedRequest(413, `request is too large (max is ${LARGEST_BODY} bytes)`);
    }
    const asked = parseSqlRequest(text, request.headers);
    const format = formatOf(request.headers);
    const body =
      asked.kind === "single"
        ? await withClient(pool, async (client) => fitting(await run(client, asked.statement, format, stats)))
        : await inTransaction(pool, asked.begin, async (client) => {
            const results: Result[] = [];
            for (const statement of asked.statements) results.push(await run(client, statement, format, stats));
            // Still inside the transaction: what cannot be answered is not committed either.
            return fitting({ results });
          });
    return new Response(body, { headers: { "content-type": "application/json" } });
  } catch (error) {
    return errorResponse(error);
  }
}

interface Format {
  readonly rowAsArray: boolean;
  readonly types: pg.CustomTypesConfig;
}

interface Result {
  readonly command: string;
  readonly rowCount: number | null;
  readonly rowAsArray: boolean;
  readonly fields: readonly pg.FieldDef[];
  readonly rows: readonly unknown[];
}

function formatOf(headers: Headers): Format {
  return {
    rowAsArray: headers.get("Neon-Array-Mode") === "true",
    types: headers.get("Neon-Raw-Text-Output") === "true" ? { getTypeParser: () => asText } : jsonTypes,
  };
}

const asText = (value: string): string => value;

/** Without raw output Neon turns into JSON what JSON can say; everything else stays text. */
const SAID_IN_JSON: ReadonlySet<number> = new Set([
  pg.types.builtins.BOOL,
  pg.types.builtins.INT2,
  pg.types.builtins.INT4,
  pg.types.builtins.FLOAT4,
  pg.types.builtins.FLOAT8,
  pg.types.builtins.JSON,
  pg.types.builtins.JSONB,
]);

const jsonTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid) => (SAID_IN_JSON.has(oid) ? pg.types.getTypeParser(oid) : asText),
};

async function run(client: pg.PoolClient, statement: Statement, format: Format, stats: Stats): Promise<Result> {
  stats.postgres.statements += 1;
  const query: pg.QueryConfig & { queryMode: "extended"; rowMode?: "array" } = {
    text: statement.query,
    values: [...statement.params],
    types: format.types,
    // One statement a query, with or without parameters, as Neon has it.
    queryMode: "extended",
    ...(format.rowAsArray ? { rowMode: "array" } : {}),
  };
  const { command, rowCount, fields, rows } = await client.query(query);
  return { command, rowCount, rowAsArray: format.rowAsArray, fields, rows };
}

function fitting(body: object): string {
  const text = JSON.stringify(body);
  if (Buffer.byteLength(text) > LARGEST_BODY) {
    throw new RefusedRequest(507, `response is too large (max is ${LARGEST_BODY} bytes)`);
  }
  return text;
}
