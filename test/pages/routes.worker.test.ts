import { describe, expect, it } from "vitest";
import { createApp } from "../../src/app.ts";
import { ASSET_NAMES } from "../../src/pages/assets.ts";
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from "../../src/pages/demo-accounts.ts";
import { call, expectError } from "../http/call.ts";
import { servicesWith } from "../worker/apps.ts";

const WITH_DEMO = { DEMO_PAGE: "true" };

async function page(path: string, variables: Record<string, string> = {}) {
  const response = await createApp(servicesWith(variables)).request(path);
  expect(response.status).toBe(200);
  expect(response.headers.get("Content-Type")).toBe("text/html; charset=UTF-8");
  return { text: await response.text(), headers: response.headers };
}

describe("every page", () => {
  it.each(["/", "/docs", "/demo"])("%s runs no script and no style but our own files", async (path) => {
    const { text, headers } = await page(path, WITH_DEMO);
    const policy = headers.get("Content-Security-Policy");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("style-src 'self';");
    expect(policy).not.toMatch(/unsafe|https?:/);
    expect(text).not.toMatch(/<script(?![^>]* src=)|<style| style=| on\w+=|javascript:/);
  });

  it.each(["/", "/docs", "/demo"])("%s links only to what is there", async (path) => {
    const { text } = await page(path, WITH_DEMO);
    const links = [...text.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, link = ""]) => link);
    expect(links.length).toBeGreaterThan(3);
    for (const link of new Set(links)) {
      expect(link).toMatch(/^\//);
      const response = await createApp(servicesWith(WITH_DEMO)).request(link);
      expect({ link, status: response.status }).toEqual({ link, status: 200 });
      await response.text();
    }
  });
});

describe("the start page", () => {
  it("names the demo accounts where they are seeded", async () => {
    const { text } = await page("/", { DEMO_PAGE: "true" });
    for (const { email } of DEMO_ACCOUNTS) expect(text).toContain(email);
    expect(text).toContain(DEMO_PASSWORD);
  });

  it("names none where they are not", async () => {
    const { text } = await page("/", { DEMO_PAGE: "false" });
    expect(text).not.toContain("@example.com");
    expect(text).not.toContain(DEMO_PASSWORD);
  });

  it("shows how to practise as a guest only where guests are let in", async () => {
    expect((await page("/", { PRACTICE_GUESTS: "true" })).text).toContain("curl -X POST http://localhost/api/v1");
    expect((await page("/", { PRACTICE_GUESTS: "false" })).text).not.toContain("curl");
  });
});

describe("the demo page", () => {
  it("is there, and linked from the start page, only where it is switched on", async () => {
    expect((await page("/", WITH_DEMO)).text).toContain('href="/demo"');
    await page("/demo", WITH_DEMO);
    const off = createApp(servicesWith({ DEMO_PAGE: "false" }));
    expect(await (await off.request("/")).text()).not.toContain("/demo");
    await expectError(await off.request("/demo"), 404, "not_found");
  });

  it("knows whether guests may practise", async () => {
    expect((await page("/demo", { ...WITH_DEMO, PRACTICE_GUESTS: "true" })).text).toContain('data-guests="true"');
    expect((await page("/demo", { ...WITH_DEMO, PRACTICE_GUESTS: "false" })).text).toContain('data-guests="false"');
  });

  it("has files that are kept for good, as another content has another name", async () => {
    const { text } = await page("/demo", WITH_DEMO);
    const files = [...text.matchAll(/\/assets\/demo-[A-Z0-9]{8}\.(?:js|css)/g)].map(([path]) => path);
    expect(files.map((path) => path.split(".").at(-1)).sort()).toEqual(["css", "js"]);
    for (const path of files) {
      const response = await call(path);
      expect(response.headers.get("Content-Type")).toMatch(path.endsWith("js") ? /^text\/javascript/ : /^text\/css/);
      expect(response.headers.get("Cache-Control")).toContain("immutable");
      expect((await response.text()).length).toBeGreaterThan(1000);
    }
    await expectError(await call("/assets/demo-AAAAAAAA.js"), 404, "not_found");
    await expectError(await call("/assets/demo.json"), 404, "not_found");
  });

  it("is a 404 in the envelope where the build did not make its files", async () => {
    const empty = { fetch: async () => new Response("Not found", { status: 404 }) };
    const app = createApp({ ...servicesWith(WITH_DEMO), assets: empty as unknown as Fetcher });
    await expectError(await app.request("/demo"), 404, "not_found");
  });
});

describe("the files", () => {
  it.each(ASSET_NAMES)("%s has its type and may be kept", async (name) => {
    const response = await call(`/assets/${name}`);
    expect(response.status).toBe(200);
    const types = { js: "text/javascript", css: "text/css", svg: "image/svg+xml", txt: "text/plain" };
    const type = Object.entries(types).find(([end]) => name.endsWith(`.${end}`))?.[1];
    expect(response.headers.get("Content-Type")).toMatch(new RegExp(`^${type?.replace("+", "\\+")}`));
    expect(response.headers.get("Cache-Control")).toMatch(/^public/);
    expect((await response.text()).length).toBeGreaterThan(100);
  });

  it.each(["index.html", "toString", "__proto__", "Favicon.svg"])("%s is not one of them", async (name) => {
    await expectError(await call(`/assets/${name}`), 404, "not_found");
  });

  it("come from any static host, also one that says neither type nor ETag", async () => {
    const plain = {
      fetch: async () => new Response("body {}", { headers: { "Content-Type": "application/octet-stream" } }),
    };
    const app = createApp({ ...servicesWith(), assets: plain as unknown as Fetcher });
    const response = await app.request("/assets/pages.css");
    expect(response.headers.get("Content-Type")).toBe("text/css; charset=utf-8");
    expect(response.headers.get("ETag")).toBeNull();
  });

  it("are a 404 in the envelope where the build did not make them", async () => {
    const empty = { fetch: async () => new Response("Not found", { status: 404 }) };
    const app = createApp({ ...servicesWith(), assets: empty as unknown as Fetcher });
    await expectError(await app.request("/assets/pages.css"), 404, "not_found");
  });

  it("are not sent again to who has them", async () => {
    const etag = (await call("/assets/pages.css")).headers.get("ETag");
    const response = await call("/assets/pages.css", { headers: { "If-None-Match": String(etag) } });
    expect(response.status).toBe(304);
  });

  it("hold an icon for whoever asks for /favicon.ico", async () => {
    const response = await call("/favicon.ico");
    expect(response.headers.get("Content-Type")).toBe("image/svg+xml");
    await response.text();
  });
});

describe("GET /api/v1/openapi.json", () => {
  it("is OpenAPI 3.1, relative to where it is served, with every tag that is used described", async () => {
    const response = await call("/api/v1/openapi.json");
    expect(response.headers.get("Content-Type")).toBe("application/json");
    const document = await response.json<{
      openapi: string;
      servers: { url: string }[];
      tags: { name: string; description: string }[];
      paths: Record<string, Record<string, { tags: string[] }>>;
      components: { securitySchemes: object };
    }>();
    expect(document.openapi).toBe("3.1.0");
    expect(document.servers.map(({ url }) => url)).toEqual(["/"]);
    expect(document.components.securitySchemes).toMatchObject({ bearerAuth: { type: "http", scheme: "bearer" } });
    const used = Object.values(document.paths).flatMap((methods) => Object.values(methods).flatMap(({ tags }) => tags));
    expect(new Set(document.tags.map(({ name }) => name))).toEqual(new Set(used));
  });

  it("refers to nothing that it does not hold", async () => {
    const text = await (await call("/api/v1/openapi.json")).text();
    const document = JSON.parse(text);
    for (const [, path = ""] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = path.split("/").reduce((at, key) => at?.[key], document);
      expect({ path, found: found !== undefined }).toEqual({ path, found: true });
    }
  });
});
