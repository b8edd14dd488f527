import { exports } from "cloudflare:workers";
import { expect } from "vitest";
import type { ErrorCode } from "../../src/http/errors.ts";

const ORIGIN = "https://ascent.test";

/** Asks the Worker under test, middleware and all. */
export const call = (path: string, init: RequestInit = {}): Promise<Response> =>
  exports.default.fetch(new Request(`${ORIGIN}${path}`, init));

/** A request with a JSON body. */
export const json = (body: unknown, method = "POST"): RequestInit => ({
  method,
  headers: { "Content-Type": "application/json" },
  body: typeof body === "string" ? body : JSON.stringify(body),
});

export type ErrorBody = { error: { code: string; message: string; details?: unknown }; request_id: string };

/** Expects the one error envelope, complete and with nothing else in it, and gives it. */
export async function expectError(response: Response, status: number, code: ErrorCode): Promise<ErrorBody> {
  const text = await response.text();
  expect({ status: response.status, text }).toMatchObject({ status });
  expect(response.headers.get("Content-Type")).toBe("application/json");
  const body: ErrorBody = JSON.parse(text);
  expect(Object.keys(body).sort()).toEqual(["error", "request_id"]);
  expect(Object.keys(body.error).filter((key) => !["code", "message", "details"].includes(key))).toEqual([]);
  expect(body.error.code).toBe(code);
  expect(body.error.message).toMatch(/\w/);
  expect(body.request_id).toBe(response.headers.get("X-Request-Id"));
  return body;
}

type Counted = { postgres: { requests: number; statements: number }; redis: { requests: number; commands: number } };
type Fault = { target: "postgres" | "redis" | "all"; kind: "refuse" | "hang" | "http_500" | "wrong" };

/** The local platform behind the Worker, as tests steer it. */
export const platform = {
  /** What was asked of Postgres and Redis while `work` ran, flushes of students' objects left out. */
  async counted(work: () => Promise<unknown>): Promise<Counted> {
    await fetch("http://platform.test/stats", { method: "DELETE" });
    await work();
    const { postgres, redis }: Counted = await (await fetch("http://platform.test/stats")).json();
    return { postgres, redis };
  },

  /** Runs `work` while a dependency does not work. */
  async broken<T>(fault: Fault, work: () => Promise<T>): Promise<T> {
    await fetch("http://platform.test/faults", { method: "POST", body: JSON.stringify(fault) });
    try {
      return await work();
    } finally {
      await fetch("http://platform.test/faults", { method: "DELETE" });
    }
  },
};
