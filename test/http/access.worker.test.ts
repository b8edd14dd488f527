import { describe, expect, it } from "vitest";
import { createApp } from "../../src/app.ts";
import type { Access } from "../../src/http/authentication.ts";
import { isRole, ROLES, type Role } from "../../src/http/roles.ts";
import { newPerson, type Person } from "../classrooms/school.ts";
import { servicesWith } from "../worker/apps.ts";
import { sql } from "../worker/client.ts";
import { call, expectError } from "./call.ts";
import { CALLERS, type Caller, MAY_CALL } from "./who-may-call.ts";

type Operation = {
  operationId: string;
  summary: string;
  tags: string[];
  "x-access"?: Access;
  security: object[];
  requestBody?: { required?: boolean };
  responses: Record<string, unknown>;
};
type OpenApi = { paths: Record<string, Record<string, Operation>> };

const document: OpenApi = await (await call("/api/v1/openapi.json")).json();

/** Every route that the document lists. */
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
);

const services = servicesWith({ DEMO_PAGE: "true" });
const { tokens } = services;

/** Somebody in each role; the parent is the student's, and nobody else has to do with anybody. */
const people: Readonly<Record<Role, Person>> = {
  STUDENT: await newPerson("STUDENT"),
  TEACHER: await newPerson("TEACHER"),
  PARENT: await newPerson("PARENT"),
  ADMIN: await newPerson("ADMIN"),
};
await sql("insert into guardians (parent_id, student_id) values ($1, $2)", [people.PARENT.id, people.STUDENT.id]);

const personIn = (caller: Caller) => (isRole(caller) ? people[caller] : undefined);

/** With ids of nothing that there is, so that who is let in changes nothing; of a student's own document, who asks. */
const pathFor = (path: string, caller: Caller) =>
  path
    .replace(/\/me\/assignments.*/, caller === "PARENT" ? `$&?student_id=${people.STUDENT.id}` : "$&")
    .replace("/students/{id}", `/students/${personIn(caller)?.id ?? crypto.randomUUID()}`)
    .replace(/(subjects|grades|topics|skills|questions)\/\{\w+\}/, "$1/900000000")
    .replace("{type}", "MASTERY")
    .replace(/\{\w+\}/g, () => crypto.randomUUID());

const authorization = (caller: Caller): Record<string, string> =>
  caller === "guest" ? {} : { Authorization: `Bearer ${personIn(caller)?.token ?? "garbage"}` };

const routes = Object.entries(MAY_CALL).map(([name, mayCall]) => {
  const [method = "", path = ""] = name.split(" ");
  return { name, method, path, mayCall };
});

describe("who may not call a route is refused, before anything else is looked at", () => {
  it("of every route there is", () => {
    const served = createApp(services)
      .routes.filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, "{$1}")}`);
    expect(Object.keys(MAY_CALL).toSorted()).toEqual([...new Set(served)].toSorted());
  });

  it.each(routes)("$name is for $mayCall", async ({ method, path, mayCall }) => {
    const letIn: Caller[] = [];
    for (const caller of CALLERS) {
      const response = await call(pathFor(path, caller), { method, headers: authorization(caller) });
      if (response.status !== 401 && response.status !== 403) letIn.push(caller);
      else if (isRole(caller)) await expectError(response, 403, "forbidden");
      else {
        expect(response.headers.get("WWW-Authenticate")).toMatch(/^Bearer/);
        await expectError(response, 401, "unauthorized");
      }
    }
    expect(letIn).toEqual(mayCall);
  });

  const readToken = routes.filter(({ mayCall }) => !mayCall.includes("nobody"));

  it.each(readToken)("$name with a token of another form, or one that has run out", async ({ method, path }) => {
    const admin = { userId: crypto.randomUUID(), role: "ADMIN" } as const;
    const good = await tokens.issue(admin, Date.now());
    const old = await tokens.issue(admin, Date.now() - 86_400_000);
    for (const header of ["Bearer ", "Basic dTpw", good, `Bearer ${old}`]) {
      const response = await call(pathFor(path, "nobody"), { method, headers: { Authorization: header } });
      await expectError(response, 401, "unauthorized");
    }
  });
});

describe("the OpenAPI document", () => {
  it("lists every route of the API", () => {
    const listed = operations.map(({ name }) => name);
    const ofTheApi = Object.keys(MAY_CALL).filter((name) => name.includes(" /api/v1/"));
    expect(ofTheApi.filter((name) => !listed.includes(name))).toEqual(["GET /api/v1/openapi.json"]);
  });

  it.each(operations)("says of $name who may call it and what it answers", ({ name, operation }) => {
    expect(operation).toMatchObject({
      operationId: expect.stringMatching(/^[a-z]\w+$/),
      summary: expect.stringMatching(/\w/),
      tags: [expect.any(String)],
    });
    const mayCall = MAY_CALL[name] ?? [];
    const token = mayCall.includes("nobody") ? [] : [{ bearerAuth: [] }];
    expect(operation.security).toEqual(token.length > 0 && mayCall.includes("guest") ? [{}, ...token] : token);
    const { "x-access": access = "anyone" } = operation;
    expect(ROLES.filter((role) => typeof access === "string" || access.includes(role))).toEqual(
      ROLES.filter((role) => mayCall.includes(role)),
    );
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
