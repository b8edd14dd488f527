import { describe, expect, it } from "vitest";
import { createApp } from "../../src/app.ts";
import type { Access } from "../../src/http/authentication.ts";
import { ROLES } from "../../src/http/roles.ts";
import { servicesWith } from "../worker/apps.ts";
import { call, expectError } from "./call.ts";

type Parameter = { name: string; in: string; schema: { type?: string | string[] } };
type Operation = {
  operationId: string;
  summary: string;
  tags: string[];
  "x-access"?: Access;
  security: object[];
  parameters?: Parameter[];
  requestBody?: { required?: boolean };
  responses: Record<string, unknown>;
};
type OpenApi = { paths: Record<string, Record<string, Operation>> };

const SOME_UUID = "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001";

const document: OpenApi = await (await call("/api/v1/openapi.json")).json();

/** Every route that the document lists, with a path that its parameters' schemas let through. */
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path: path.replace(/\{(\w+)\}/g, (_, name: string) => exampleOf(operation, name)),
    access: accessOf(operation),
    operation,
  })),
);

const { tokens } = servicesWith();
const tokenOf = (role: (typeof ROLES)[number]) => tokens.issue({ userId: SOME_UUID, role }, Date.now());

const withToken = (method: string, token?: string): RequestInit => ({
  method,
  headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
});

const needToken = operations.filter(({ access }) => access !== "anyone" && access !== "guest");
const readToken = operations.filter(({ access }) => access !== "anyone");
const needRole = operations.flatMap((each) =>
  typeof each.access === "string" ? [] : [{ ...each, roles: each.access }],
);

describe("who may not call a route is refused, before anything else is looked at", () => {
  it.each(needToken)("$name without a token", async ({ method, path }) => {
    const response = await call(path, withToken(method));
    expect(response.headers.get("WWW-Authenticate")).toMatch(/^Bearer/);
    await expectError(response, 401, "unauthorized");
  });

  it.each(readToken)("$name with a token that is none", async ({ method, path }) => {
    for (const header of ["Bearer garbage", "Bearer ", "Basic dTpw", await tokenOf("ADMIN")]) {
      const response = await call(path, { method, headers: { Authorization: header } });
      await expectError(response, 401, "unauthorized");
    }
  });

  it.each(readToken)("$name with a token that has run out", async ({ method, path }) => {
    const dayAgo = Date.now() - 86_400_000;
    const token = await tokens.issue({ userId: SOME_UUID, role: "ADMIN" }, dayAgo);
    await expectError(await call(path, withToken(method, token)), 401, "unauthorized");
  });

  it.each(needRole)("$name in another role than $roles", async ({ method, path, roles }) => {
    for (const role of ROLES.filter((each) => !roles.includes(each))) {
      await expectError(await call(path, withToken(method, await tokenOf(role))), 403, "forbidden");
    }
  });
});

describe("the OpenAPI document", () => {
  it("lists every route of the API", () => {
    const served = createApp(servicesWith())
      .routes.filter(({ method, path }) => method !== "ALL" && path.startsWith("/api/v1/"))
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`);
    const listed = operations.map(({ name }) => name);
    expect(served.filter((route) => !listed.includes(route))).toEqual(["GET /api/v1/openapi.json"]);
  });

  it.each(operations)("says of $name who may call it and what it answers", ({ operation, access }) => {
    expect(operation).toMatchObject({
      operationId: expect.stringMatching(/^[a-z]\w+$/),
      summary: expect.stringMatching(/\w/),
      tags: [expect.any(String)],
    });
    const token = [{ bearerAuth: [] }];
    const security = { anyone: [], guest: [{}, ...token], "signed-in": token };
    expect(operation.security).toEqual(typeof access === "string" ? security[access] : token);
    expect(Object.keys(operation.responses)).toContain("200");
  });

  it("says of a body that it may be left out where it may, and nowhere else", () => {
    const optional = operations.filter(({ operation }) => operation.requestBody?.required === false);
    expect(optional.map(({ operation }) => operation.operationId)).toEqual(["nextQuestion", "practiceHeartbeat"]);
  });

  it("gives every operation a name of its own", () => {
    const names = operations.map(({ operation }) => operation.operationId);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

/** What defineRoute guards, it marks. A route without a mark is open to anyone, and must say so. */
function accessOf({ operationId, security, "x-access": access }: Operation): Access {
  if (access === undefined) expect({ operationId, security }).toEqual({ operationId, security: [] });
  return access ?? "anyone";
}

function exampleOf({ parameters = [] }: Operation, name: string): string {
  const parameter = parameters.find((each) => each.in === "path" && each.name === name);
  return [parameter?.schema.type].flat().includes("integer") ? "1" : SOME_UUID;
}
