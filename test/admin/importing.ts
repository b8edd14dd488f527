import { exports } from "cloudflare:workers";
import { expect } from "vitest";
import { type Answer, api, type Json } from "../worker/client.ts";
import { admin, fresh } from "./admin.ts";

type Sent = { query?: string; headers?: Record<string, string> };

/** A skill's code that no other has. */
export const code = () => fresh("I").slice(-20);

/** A template that is good, with other fields where a test says so. */
export const template = (fields: object = {}) => ({
  type: "NUMERIC",
  level: 2,
  variables: { a: { type: "integer", from: 2, to: 40 }, b: { type: "integer", from: 3, to: 9 } },
  prompt: "What is {{a}} × {{b}}?",
  explanation: "{{a}} × {{b}} = {{answer}}.",
  answer: { value: "a * b" },
  ...fields,
});

/** What a report counts, without what it counts none of. */
export const counts = (report: Json) =>
  Object.fromEntries(
    Object.entries(report).filter(([name, n]) => /_(created|updated|unchanged)$/.test(name) && n !== 0),
  );

/** Sends a CSV. */
export async function importCsv(kind: string, raw: BodyInit, { query = "", headers = {} }: Sent = {}): Promise<Answer> {
  const { token } = await admin();
  const path = `/admin/import?kind=${kind}${query}`;
  return api("POST", path, { token, raw, headers: { "Content-Type": "text/csv", ...headers } });
}

export async function exported(kind: string, format = "csv"): Promise<Answer> {
  const { token } = await admin();
  return api("GET", `/admin/export?kind=${kind}&format=${format}`, { token });
}

/** The lines of a reply, piece by piece as they come. */
export async function pieces(path: string, init: { body: BodyInit; type: string }): Promise<Json[][]> {
  const { token } = await admin();
  const response = await exports.default.fetch(
    new Request(`https://ascent.test/api/v1${path}`, {
      method: "POST",
      body: init.body,
      headers: { "Content-Type": init.type, Authorization: `Bearer ${token}`, Accept: "application/x-ndjson" },
    }),
  );
  expect(response.headers.get("Content-Type")).toBe("application/x-ndjson");
  const decoder = new TextDecoder();
  const read: Json[][] = [];
  for await (const piece of response.body ?? []) {
    const text = decoder.decode(piece);
    read.push(
      text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    );
  }
  return read;
}

/** The same, all of them. */
export const lines = async (path: string, init: { body: BodyInit; type: string }): Promise<Json[]> =>
  (await pieces(path, init)).flat();

/** Lines of CSV from rows of texts. */
export const csvOf = (...rows: readonly (readonly string[])[]) =>
  rows
    .map((row) => row.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(","))
    .join("\r\n");
