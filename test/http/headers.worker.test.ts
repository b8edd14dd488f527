import { describe, expect, it } from "vitest";
import { createApp } from "../../src/app.ts";
import { servicesWith } from "../worker/apps.ts";
import { call } from "./call.ts";

const EVERY_KIND = ["/health", "/api/v1/skills", "/api/v1/openapi.json", "/", "/docs", "/assets/pages.css", "/nothing"];

describe("browsers are told, whatever the reply", () => {
  it.each(EVERY_KIND)("%s", async (path) => {
    const { headers } = await call(path);
    expect(headers.get("Strict-Transport-Security")).toMatch(/^max-age=31536000/);
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("X-Frame-Options")).toBe("DENY");
    expect(headers.get("Content-Security-Policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("X-Request-Id")).toMatch(/^[\w-]{36}$/);
  });

  it.each(["/", "/docs", "/assets/pages.css"])(
    "that %s tells nobody where it was read and shares nothing",
    async (path) => {
      const { headers } = await call(path);
      expect(headers.get("Referrer-Policy")).toBe("no-referrer");
      expect(headers.get("Cross-Origin-Opener-Policy")).toBe("same-origin");
      expect(headers.get("Cross-Origin-Resource-Policy")).toBe("same-origin");
    },
  );

  it("that JSON may load nothing", async () => {
    for (const path of ["/health", "/nothing"]) {
      const { headers } = await call(path);
      expect(headers.get("Content-Security-Policy")).toBe("default-src 'none'; frame-ancestors 'none'");
    }
  });

  it("that nothing is kept which does not say so", async () => {
    expect((await call("/health")).headers.get("Cache-Control")).toBe("no-store");
    expect((await call("/nothing")).headers.get("Cache-Control")).toBe("no-store");
    expect((await call("/api/v1/subjects")).headers.get("Cache-Control")).toMatch(/^public, max-age=\d$/);
  });
});

describe("pages of other origins", () => {
  const from = (origin: string) => ({ headers: { Origin: origin } });
  const preflight = (origin: string): RequestInit => ({
    method: "OPTIONS",
    headers: {
      Origin: origin,
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "authorization, content-type, idempotency-key",
    },
  });

  it("may read every reply, errors too, and the headers that matter", async () => {
    for (const path of EVERY_KIND) {
      const { headers } = await call(path, from("https://class.test"));
      expect(headers.get("Access-Control-Allow-Origin")).toBe("*");
      expect(headers.get("Access-Control-Allow-Credentials")).toBeNull();
      const exposed = headers.get("Access-Control-Expose-Headers")?.split(",");
      expect(exposed?.sort()).toEqual(
        [
          "Content-Disposition",
          "ETag",
          "Idempotent-Replayed",
          "RateLimit",
          "RateLimit-Policy",
          "Retry-After",
          "X-Request-Id",
        ].sort(),
      );
    }
  });

  it("may send tokens, JSON and idempotency keys, as the answer to their preflight says", async () => {
    const { status, headers } = await call("/api/v1/practice/sessions", preflight("https://class.test"));
    expect(status).toBe(204);
    expect(headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(headers.get("Access-Control-Allow-Methods")).toContain("POST");
    expect(headers.get("Access-Control-Allow-Headers")).toBe("authorization,content-type,idempotency-key");
    expect(headers.get("Access-Control-Max-Age")).toBe("86400");
  });

  it("are told with the answer to their preflight what they are told with any reply", async () => {
    const { headers } = await call("/api/v1/practice/sessions", preflight("https://class.test"));
    expect(headers.get("Strict-Transport-Security")).toMatch(/^max-age=31536000/);
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(headers.get("Access-Control-Expose-Headers")).toContain("X-Request-Id");
  });

  it("are let in by name where CORS_ORIGINS names them, and no others are", async () => {
    const app = createApp(servicesWith({ CORS_ORIGINS: "https://one.test, https://two.test" }));
    for (const origin of ["https://one.test", "https://two.test"]) {
      const simple = await app.request("/health", from(origin));
      expect(simple.headers.get("Access-Control-Allow-Origin")).toBe(origin);
      expect(simple.headers.get("Vary")).toContain("Origin");
      const asked = await app.request("/health", preflight(origin));
      expect(asked.headers.get("Access-Control-Allow-Origin")).toBe(origin);
    }
    for (const origin of ["https://three.test", "https://one.test.evil.test", "null"]) {
      expect((await app.request("/health", from(origin))).headers.get("Access-Control-Allow-Origin")).toBeNull();
      expect((await app.request("/health", preflight(origin))).headers.get("Access-Control-Allow-Origin")).toBeNull();
    }
  });
});
