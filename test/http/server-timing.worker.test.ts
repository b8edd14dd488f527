import { describe, expect, it, vi } from "vitest";
import { api, call, register } from "../worker/client.ts";

/** The parts that a reply's Server-Timing names, each with its milliseconds. */
function partsOf(headers: Headers): Record<string, number> {
  const entries = (headers.get("Server-Timing") ?? "").split(", ").map((entry) => {
    const [, name, ms] = /^(\w+);dur=(\d+(?:\.\d)?)(?:;desc="\d+ calls")?$/.exec(entry) ?? [];
    return [name ?? entry, Number(ms)] as const;
  });
  return Object.fromEntries(entries);
}

describe("Server-Timing says where a request's time went", () => {
  it("in all, whatever the reply", async () => {
    for (const path of ["/health", "/", "/nothing", "/api/v1/openapi.json", "/api/v1/users/me"]) {
      const { headers } = await call("GET", path);
      expect(partsOf(headers)).toEqual({ total: expect.any(Number) });
    }
  });

  it("in Postgres and Redis, of a sign-in", async () => {
    const body = { email: "nobody@example.com", password: "Password123!" };
    const parts = partsOf((await api("POST", "/auth/login", { body })).headers);
    expect(Object.keys(parts).sort()).toEqual(["db", "redis", "total"]);
    expect(parts.total).toBeGreaterThanOrEqual(Math.max(parts.db ?? 0, parts.redis ?? 0));
  });

  it("in the student's object alone, of an answer", async () => {
    const { token } = await register();
    const { id, current_question } = (await api("POST", "/practice/sessions", { token, body: { skill_id: 1 } })).json()
      .data;
    const body = { question_id: current_question.id, submitted_answer: { choice: "A" }, time_spent_sec: 1 };
    const submitted = await api("POST", `/practice/sessions/${id}/submit`, { token, body });
    expect(submitted.status).toBe(200);
    expect(Object.keys(partsOf(submitted.headers)).sort()).toEqual(["object", "total"]);
  });

  it("each of two at once its own", async () => {
    const [one, other] = await Promise.all([
      api("POST", "/auth/login", { body: { email: "no-one@example.com", password: "Password123!" } }),
      call("GET", "/health"),
    ]);
    expect(Object.keys(partsOf(one.headers))).toContain("db");
    expect(Object.keys(partsOf(other.headers))).toEqual(["total"]);
  });
});

describe("a log line", () => {
  it("names the request that it belongs to", async () => {
    const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
    const { refresh_token } = (await api("POST", "/auth/register", { body: newAccount() })).json().data;
    const refresh = (token: string, id = "") =>
      api("POST", "/auth/refresh", { body: { refresh_token: token }, headers: { "X-Request-Id": id } });
    const second = (await refresh(refresh_token)).json().data.refresh_token;
    await refresh(second);
    await refresh(refresh_token, "the-stolen-one");
    const lines = warned.mock.calls.map(([line]) => JSON.parse(String(line)));
    expect(lines).toEqual([
      { event: "refresh_token_reused", request_id: "the-stolen-one", family_id: expect.any(String) },
    ]);
  });
});

const newAccount = () => ({
  email: `${crypto.randomUUID()}@example.com`,
  password: "Password123!",
  full_name: "Logged Student",
});
