import { describe, expect, it } from "vitest";
import { call, expectError, platform } from "../http/call.ts";

describe("GET /health", () => {
  it("says that the Worker answers, and asks nobody", async () => {
    const counted = await platform.counted(async () => {
      expect(await (await call("/health")).json()).toEqual({ data: { status: "ok" } });
    });
    expect(counted).toEqual({ postgres: { requests: 0, statements: 0 }, redis: { requests: 0, commands: 0 } });
  });
});

describe("GET /ready", () => {
  it("says that Postgres and Redis answer", async () => {
    const response = await call("/ready");
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ data: { postgres: "up", redis: "up" } });
  });

  it.each([
    ["postgres", "refuse"],
    ["postgres", "http_500"],
    ["redis", "refuse"],
    ["postgres", "wrong"],
    ["redis", "http_500"],
    ["redis", "wrong"],
    ["redis", "hang"],
  ] as const)("is 503 and names %s where it fails (%s)", async (target, kind) => {
    const response = await platform.broken({ target, kind }, () => call("/ready"));
    expect(response.headers.get("Retry-After")).toMatch(/^\d+$/);
    const { error } = await expectError(response, 503, "service_unavailable");
    expect(error.details).toEqual({ postgres: "up", redis: "up", [target]: "down" });
  });

  it("is 503 where both hang", async () => {
    const response = await platform.broken({ target: "all", kind: "hang" }, () => call("/ready"));
    const { error } = await expectError(response, 503, "service_unavailable");
    expect(error.details).toEqual({ postgres: "down", redis: "down" });
  });
});
