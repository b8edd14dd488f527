import { RefusedRequest } from "./errors.ts";

/** One statement as Neon's protocol carries it, its parameters already Postgres's text format. */
export interface Statement {
  readonly query: string;
  readonly params: readonly (string | null)[];
}

/** What a request asks for. */
export type SqlRequest =
  | { readonly kind: "single"; readonly statement: Statement }
  | { readonly kind: "batch"; readonly statements: readonly Statement[]; readonly begin: string };

const LEVELS: Readonly<Record<string, string>> = {
  readuncommitted: "READ UNCOMMITTED",
  readcommitted: "READ COMMITTED",
  repeatableread: "REPEATABLE READ",
  serializable: "SERIALIZABLE",
};

/** Reads a request's body and headers; throws `RefusedRequest` with the reason where it is none of the protocol's. */
export function parseSqlRequest(text: string, headers: Headers): SqlRequest {
  const body = parseJson(text);
  if (!isRecord(body)) throw new RefusedRequest(400, "the body must be a JSON object");
  if (!Array.isArray(body.queries)) return { kind: "single", statement: statementOf(body) };
  return { kind: "batch", statements: body.queries.map(statementOf), begin: beginStatement(headers) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RefusedRequest(400, "the body is not JSON");
  }
}

function statementOf(value: unknown): Statement {
  if (!isRecord(value) || typeof value.query !== "string") throw new RefusedRequest(400, "missing field `query`");
  const params = value.params ?? [];
  if (!Array.isArray(params)) throw new RefusedRequest(400, "`params` must be an array");
  return { query: value.query, params: params.map(textOf) };
}

function beginStatement(headers: Headers): string {
  const level = headers.get("Neon-Batch-Isolation-Level");
  const words = ["BEGIN"];
  if (level !== null) {
    const known = LEVELS[level.toLowerCase()];
    if (known === undefined) throw new RefusedRequest(400, "invalid isolation level");
    words.push(`ISOLATION LEVEL ${known}`);
  }
  if (headers.get("Neon-Batch-Read-Only") === "true") words.push("READ ONLY");
  if (headers.get("Neon-Batch-Deferrable") === "true") words.push("DEFERRABLE");
  return words.join(" ");
}

/** A JSON parameter in Postgres's text format: arrays as array literals, objects as JSON. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return arrayLiteral(value);
  return JSON.stringify(value);
}

function arrayLiteral(values: readonly unknown[]): string {
  const elements = values.map((value) => {
    if (Array.isArray(value)) return arrayLiteral(value);
    const text = textOf(value);
    return text === null ? "NULL" : `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
  });
  return `{${elements.join(",")}}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
