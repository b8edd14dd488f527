import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { appWith } from "../worker/apps.ts";
import { type Account, clearFaults, register, setFault } from "../worker/client.ts";
import { expectError } from "../worker/people.ts";
import { practise } from "./student/practising.ts";

const LIMIT = 2;

let student: Account;
let paths: Record<"reports" | "pdfs", string>;

beforeAll(async () => {
  student = await register();
  const { id } = await practise(student, 1, [true], true);
  paths = { reports: "/analytics/summary", pdfs: `/reports/practice-sessions/${id}.pdf` };
});
afterEach(() => clearFaults());

const limited = () => appWith({ REPORT_RATE_LIMIT: String(LIMIT), PDF_RATE_LIMIT: String(LIMIT) });

async function get(app: ReturnType<typeof limited>, path: string, { token }: Account, headers = {}) {
  const response = await app.request(`/api/v1${path}`, { headers: { Authorization: `Bearer ${token}`, ...headers } });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: () => JSON.parse(text) };
}

/** Asks until it is refused, at most so often that a minute which ends meanwhile makes no difference. */
async function askTooOften(app: ReturnType<typeof limited>, path: string) {
  for (let asked = 0; asked < 2 * LIMIT; asked += 1) {
    const answer = await get(app, path, student);
    if (answer.status !== 200) return answer;
  }
  return get(app, path, student);
}

describe.each(["reports", "pdfs"] as const)("one account's %s", (name) => {
  it("are limited, as the headers say, and no other account's with them; what has not changed is free", async () => {
    const app = limited();
    const first = await get(app, paths[name], student);
    expect(first.status).toBe(200);
    expect(first.headers.get("RateLimit-Policy")).toBe(`"${name}";q=${LIMIT};w=60`);
    const refused = await askTooOften(app, paths[name]);
    expectError(refused, 429, "rate_limited");
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect(refused.headers.get("RateLimit")).toMatch(new RegExp(`^"${name}";r=0;t=\\d+$`));
    const etag = first.headers.get("ETag") ?? "";
    expect((await get(app, paths[name], student, { "If-None-Match": etag })).status).toBe(304);
    const other = await get(app, "/analytics/summary", await register());
    expect(other.status).toBe(200);
  });

  it("are limited without Redis too", async () => {
    const app = limited();
    await setFault({ target: "redis", kind: "refuse" });
    expectError(await askTooOften(app, paths[name]), 429, "rate_limited");
  });
});
