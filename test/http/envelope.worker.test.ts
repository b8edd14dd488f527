import { describe, expect, it, vi } from "vitest";
import { createApp } from "../../src/app.ts";
import { servicesWith } from "../worker/apps.ts";
import { call, expectError, json, platform } from "./call.ts";

/** In the form of a UUID, though of no version that there is. */
const NOBODYS = "11111111-1111-1111-1111-111111111111";

describe("every fault of a request has the one envelope", () => {
  it.each([
    ["an unknown path", "/api/v1/nothing", {}, 404, "not_found"],
    ["an unknown path outside the API", "/nothing/at/all", {}, 404, "not_found"],
    ["a path with broken escapes", "/api/v1/%E0%A4%A", {}, 404, "not_found"],
    ["an unknown path that is asked for a page", "/nothing", { headers: { Accept: "text/html" } }, 404, "not_found"],
    ["a file that is not on the list", "/assets/package.json", {}, 404, "not_found"],
    ["a file outside the folder", "/assets/..%2F..%2Fpackage.json", {}, 404, "not_found"],
    ["a path id that is none", "/api/v1/skills/one", {}, 400, "validation_error"],
    ["a path id past the integers", "/api/v1/skills/2147483648", {}, 400, "validation_error"],
    ["a path id with a broken escape", "/api/v1/skills/%E0%A4%A", {}, 400, "validation_error"],
    ["a query that breaks its schema", "/api/v1/skills?page=0", {}, 422, "validation_error"],
    ["a query parameter given twice", "/api/v1/skills?page=1&page=2", {}, 422, "validation_error"],
    ["a query with U+0000", "/api/v1/skills?q=%00", {}, 422, "validation_error"],
    ["a type that is not made here", "/api/v1/skills", { headers: { Accept: "text/csv" } }, 406, "not_acceptable"],
    ["another method", "/api/v1/skills", { method: "DELETE" }, 405, "method_not_allowed"],
    ["an unknown path of practice", "/api/v1/practice/nothing", {}, 404, "not_found"],
    ["another method of practice", "/api/v1/practice/sessions", { method: "DELETE" }, 405, "method_not_allowed"],
    ["an id of practice that is none", "/api/v1/practice/sessions/1", {}, 400, "validation_error"],
    ["the same, spelled with an escape", "/api/v1/%70ractice/sessions/1", {}, 400, "validation_error"],
    ["an id of no version of UUIDs", `/api/v1/practice/sessions/${NOBODYS}`, {}, 404, "not_found"],
    ["another method on a page", "/docs", { method: "POST" }, 405, "method_not_allowed"],
  ] as const)("%s", async (_, path, init, status, code) => {
    await expectError(await call(path, init), status, code);
  });

  it("names the place of every fault, up to a hundred", async () => {
    const { error } = await expectError(
      await call("/api/v1/skills?page=0&page_size=501&topic_id=x"),
      422,
      "validation_error",
    );
    expect(error.details).toEqual([
      { path: "topic_id", message: expect.any(String) },
      { path: "page", message: expect.any(String) },
      { path: "page_size", message: expect.any(String) },
    ]);
  });

  it("says of an id what it must be", async () => {
    const { error } = await expectError(await call("/api/v1/practice/sessions/one"), 400, "validation_error");
    expect(error.details).toEqual([{ path: "id", message: "must be a UUID" }]);
  });

  it("says which methods a path has", async () => {
    const response = await call("/api/v1/skills", { method: "PATCH" });
    expect(response.headers.get("Allow")).toBe("GET, HEAD, OPTIONS");
    await expectError(response, 405, "method_not_allowed");
  });
});

describe("a fault on our side", () => {
  const silent = () => vi.spyOn(console, "error").mockImplementation(() => {});

  it("is 500 and says nothing of what happened, and is logged under the request id", async () => {
    const log = silent();
    const services = servicesWith();
    const broken = {
      ...services,
      get db(): never {
        throw new TypeError("Cannot read secrets of undefined");
      },
    };
    const response = await createApp(broken).request("/api/v1/subjects");
    const { error, request_id } = await expectError(response, 500, "internal_error");
    expect(JSON.stringify(error)).not.toMatch(/secrets|TypeError/);
    const line = JSON.parse(String(log.mock.calls[0]?.[0]));
    expect(line).toMatchObject({ event: "internal_error", request_id, error: { name: "TypeError" } });
  });

  it("is 503 with Retry-After where Postgres does not answer, and logs neither SQL nor parameters", async () => {
    const log = silent();
    const app = createApp(servicesWith());
    const response = await platform.broken({ target: "postgres", kind: "refuse" }, async () =>
      app.request("/api/v1/skills?q=confidential"),
    );
    expect(response.headers.get("Retry-After")).toMatch(/^\d+$/);
    await expectError(response, 503, "service_unavailable");
    const line = String(log.mock.calls[0]?.[0]);
    expect(line).toContain("dependency_down");
    expect(line).not.toMatch(/select|confidential/);
  });
});

describe("the request id", () => {
  it("is made where the caller sends none", async () => {
    const ids = await Promise.all([call("/health"), call("/health")]).then((all) =>
      all.map(({ headers }) => headers.get("X-Request-Id")),
    );
    expect(new Set(ids).size).toBe(2);
    expect(ids[0]).toMatch(/^[\w-]{36}$/);
  });

  it.each(["my-request-1", "web.7:42", "Root=1-67891233-abcdef012345678912345678", "aGVsbG8+d29y/bA==", "me@host~1"])(
    "is the caller's own where they send one: %s",
    async (id) => {
      const response = await call("/nothing", { headers: { "X-Request-Id": id } });
      expect(response.headers.get("X-Request-Id")).toBe(id);
      expect((await expectError(response, 404, "not_found")).request_id).toBe(id);
    },
  );

  it.each(["two words", "x".repeat(256), "<script>"])("is not the caller's where it could do harm: %s", async (id) => {
    const response = await call("/health", { headers: { "X-Request-Id": id } });
    expect(response.headers.get("X-Request-Id")).toMatch(/^[\w-]{36}$/);
  });
});

describe("HEAD and OPTIONS", () => {
  it.each(["/", "/docs", "/health", "/api/v1/skills", "/api/v1/openapi.json"])(
    "HEAD %s is GET without its body",
    async (path) => {
      const [head, get] = await Promise.all([call(path, { method: "HEAD" }), call(path)]);
      expect(head.status).toBe(200);
      expect(head.headers.get("Content-Type")).toBe(get.headers.get("Content-Type"));
      expect(await head.text()).toBe("");
      await get.text();
    },
  );

  it("OPTIONS says what a path allows", async () => {
    const response = await call("/api/v1/skills/1", { method: "OPTIONS" });
    expect(response.status).toBe(204);
    expect(response.headers.get("Allow")).toBe("GET, HEAD, PATCH, OPTIONS");
  });

  it("OPTIONS says the same of practice, which has an app of its own", async () => {
    const response = await call("/api/v1/practice/sessions", { method: "OPTIONS" });
    expect(response.status).toBe(204);
    expect(response.headers.get("Allow")).toBe("POST, OPTIONS");
  });

  it("OPTIONS of an unknown path is 404", async () => {
    await expectError(await call("/nothing", { method: "OPTIONS" }), 404, "not_found");
  });
});

describe("what a caller accepts", () => {
  it.each([
    "*/*",
    "application/json",
    "application/*",
    "APPLICATION/JSON",
    "application/json, text/plain, */*",
    "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "text/html, application/json;q=0.1",
  ])("gets JSON for %s", async (accept) => {
    const response = await call("/health", { headers: { Accept: accept } });
    expect(response.status).toBe(200);
    await response.text();
  });

  it.each(["text/html", "application/pdf", "application/json;q=0, */*", "application/*;q=0", "nonsense"])(
    "is refused for %s",
    async (accept) => {
      await expectError(await call("/health", { headers: { Accept: accept } }), 406, "not_acceptable");
    },
  );
});

const compressed = (coding: string): RequestInit => ({
  method: "POST",
  headers: { "Content-Type": "application/json", "Content-Encoding": coding },
  body: "{}",
});

describe("a body of a route that takes JSON", () => {
  // Found where it is, as long as some route without a token takes a body.
  const path = "/api/v1/practice/sessions";

  it.each([
    ["malformed", json('{"skill_id": '), 400, "validation_error"],
    ["empty", json(""), 400, "validation_error"],
    ["a list", json([]), 422, "validation_error"],
    ["without its fields", json({}), 422, "validation_error"],
    ["not there at all", { method: "POST" }, 422, "validation_error"],
    ["a form", { method: "POST", body: new URLSearchParams({ skill_id: "1" }) }, 415, "unsupported_media_type"],
    ["text", { method: "POST", body: "skill_id=1" }, 415, "unsupported_media_type"],
    ["compressed", compressed("gzip"), 415, "unsupported_media_type"],
  ] as const)("is refused where it is %s", async (_, init, status, code) => {
    await expectError(await call(path, init), status, code);
  });

  it("may say that it is not compressed", async () => {
    await expectError(await call(path, compressed("Identity")), 422, "validation_error");
  });

  it.each([
    "application/json; charset=utf-8",
    "application/json;charset=UTF-8",
    "Application/JSON ; charset=utf-8",
    "application/vnd.api+json",
  ])("may be announced as %s", async (type) => {
    const init = { method: "POST", headers: { "Content-Type": type }, body: "{}" };
    await expectError(await call(path, init), 422, "validation_error");
  });

  it.each(["application/jsonp", "application/json, text/plain", "text/json", "application/+json"])(
    "may not be announced as %s",
    async (type) => {
      const init = { method: "POST", headers: { "Content-Type": type }, body: "{}" };
      await expectError(await call(path, init), 415, "unsupported_media_type");
    },
  );

  it("is refused where it is not UTF-8, as nobody can tell what was meant", async () => {
    const sent = (body: BodyInit) => call(path, { ...json(""), body });
    const latin1 = Uint8Array.from('{"name":"José"}', (character) => character.charCodeAt(0));
    const { error } = await expectError(await sent(latin1), 400, "validation_error");
    expect(error.message).toContain("UTF-8");
    const utf16 = new Uint8Array([...latin1].flatMap((byte) => [byte, 0]));
    await expectError(await sent(utf16), 400, "validation_error");
    await expectError(await sent('{"name":"José \\ufffd"}'), 422, "validation_error");
  });

  it("is refused past 256 kB", async () => {
    await expectError(await call(path, json({ text: "x".repeat(256 * 1024) })), 413, "payload_too_large");
  });

  it("is refused past 256 kB when it comes in chunks of unknown length", async () => {
    const chunk = new TextEncoder().encode(" ".repeat(64 * 1024));
    let left = 5;
    const body = new ReadableStream({
      pull: (controller) => (left-- > 0 ? controller.enqueue(chunk) : controller.close()),
    });
    const headers = { "Content-Type": "application/json" };
    await expectError(await call(path, { method: "POST", headers, body }), 413, "payload_too_large");
  });
});
