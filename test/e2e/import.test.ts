import { beforeAll, describe, expect, inject, test } from "vitest";

const ROWS = 5_000;

let token: string;

const api = (path: string, init: { method?: string; body?: string; headers?: Record<string, string> } = {}) =>
  fetch(`${inject("baseUrl")}/api/v1${path}`, {
    ...init,
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json", ...init.headers },
  });

beforeAll(async () => {
  token = "";
  const body = JSON.stringify({ email: "admin@example.com", password: "Password123!" });
  const response = await api("/auth/login", { method: "POST", body });
  const { data } = (await response.json()) as { data: { access_token: string } };
  token = data.access_token;
});

/** A skill that no student sees. */
async function hiddenSkill(): Promise<{ id: number; permacode: string }> {
  const code = `E${Math.random().toString(36).slice(2, 10)}`;
  const body = JSON.stringify({ subject_id: 1, grade_id: 7, code, title: "Imported", is_published: false });
  const response = await api("/admin/skills", { method: "POST", body });
  const { data } = (await response.json()) as { data: { id: number; permacode: string } };
  return data;
}

const csvOf = (permacode: string, spoilt?: number) =>
  [
    "skill,type,level,prompt,correct_answer",
    ...Array.from({ length: ROWS }, (_, index) => {
      const n = index + 1;
      return `${permacode},NUMERIC,${n === spoilt ? 6 : 1},"${n} + 1 = ?","{""value"":${n + 1}}"`;
    }),
  ].join("\r\n");

type Line = { done?: number; total?: number; data?: object; error?: { details: object[] } };

/** The pieces in which the lines of an import come. */
async function imported(csv: string): Promise<Line[][]> {
  const headers = { "Content-Type": "text/csv", Accept: "application/x-ndjson" };
  const response = await api("/admin/import?kind=questions", { method: "POST", body: csv, headers });
  expect(response.headers.get("Content-Type")).toBe("application/x-ndjson");
  const pieces: Line[][] = [];
  let rest = "";
  for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    pieces.push(lines.map((line): Line => JSON.parse(line)));
  }
  return pieces;
}

async function kept(skillId: number): Promise<number> {
  const response = await api(`/admin/questions?skill_id=${skillId}&page_size=1`);
  const { meta } = (await response.json()) as { meta: { total: number } };
  return meta.total;
}

describe("5,000 questions in a CSV, on the started stack", () => {
  test("are imported, with progress while it goes on; a second time changes nothing", async () => {
    const { id, permacode } = await hiddenSkill();
    const pieces = await imported(csvOf(permacode));
    expect(pieces.length).toBeGreaterThan(1);
    const lines = pieces.flat();
    expect(lines.slice(0, -1).every(({ total }) => total === ROWS)).toBe(true);
    expect(lines.at(-2)).toEqual({ done: ROWS, total: ROWS });
    expect(lines.at(-1)).toMatchObject({ data: { questions_created: ROWS } });
    expect(await kept(id)).toBe(ROWS);
    expect((await imported(csvOf(permacode))).flat().at(-1)).toMatchObject({
      data: { questions_created: 0, questions_updated: 0, questions_unchanged: ROWS },
    });
  });

  test("with a fault in row 4,321, which is named, leave nothing behind", async () => {
    const { id, permacode } = await hiddenSkill();
    const [last] = (await imported(csvOf(permacode, 4_321))).flat().slice(-1);
    expect(last?.error?.details).toEqual([expect.objectContaining({ row: 4_321, field: "level" })]);
    expect(await kept(id)).toBe(0);
  });
});
