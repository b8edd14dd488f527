import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { PASSWORD } from "./practice.ts";
import { tokensShape } from "./shapes.ts";
import { newClient } from "./transcript.ts";

type Media = { schema: object; example?: unknown; examples?: Record<string, { value: unknown }> };
type Message = { description?: string; content?: Record<string, Media> };
type Parameter = { name: string; in: string; description?: string; example?: unknown; schema: object };
type Operation = {
  operationId: string;
  tags: string[];
  summary: string;
  parameters?: Parameter[];
  requestBody?: Message;
  responses: Record<string, Message & { headers?: Record<string, object> }>;
};
type Document = {
  paths: Record<string, Record<string, Operation>>;
  tags: { name: string; description: string }[];
  components: { schemas: Record<string, Schema> };
};
type Schema = {
  type?: string | string[];
  description?: string;
  anyOf?: Schema[];
  items?: Schema;
  enum?: string[];
  examples?: unknown[];
  properties?: Record<string, Schema>;
};

let document: Document;
let operations: { where: string; pointer: string; operation: Operation }[];

beforeAll(async () => {
  const response = await fetch(`${inject("baseUrl")}/api/v1/openapi.json`);
  document = (await response.json()) as Document;
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      where: `${method.toUpperCase()} ${path}`,
      pointer: pointerTo("paths", path, method),
      operation,
    })),
  );
});

describe("the OpenAPI document", () => {
  test("is valid OpenAPI 3.1", async () => {
    expect(await new Validator().validate(structuredClone(document))).toEqual({ valid: true });
    expect(document).toMatchObject({ openapi: expect.stringMatching(/^3\.1\./) });
  });

  test("has no two paths that are one but for what their parameters are called, as the specification wants it", () => {
    const paths = Object.keys(document.paths).map((path) => path.replace(/\{\w+\}/g, "{}"));
    expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
  });

  test("names documents as the contract does", () => {
    const documents = Object.keys(document.paths).filter((path) => path.endsWith(".pdf"));
    expect(documents.map((path) => path.slice("/api/v1".length)).sort()).toEqual([
      "/awards/certificates/{type}.pdf",
      "/reports/assignments/{id}.pdf",
      "/reports/classrooms/{id}/login-cards.pdf",
      "/reports/practice-sessions/{id}.pdf",
      "/reports/students/{id}.pdf",
    ]);
  });

  test("names every operation once, puts it under one described tag and sums it up", () => {
    const names = operations.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
    const tags = new Set(document.tags.map(({ name, description }) => description && name));
    for (const { where, operation } of operations) {
      expect({ where, ...operation }).toMatchObject({
        operationId: expect.stringMatching(/^[a-z][A-Za-z]+$/),
        summary: expect.stringMatching(/\w/),
        tags: [expect.toSatisfy((tag: string) => tags.has(tag))],
      });
    }
  });

  test("says of every parameter what it is, with an example", () => {
    const bare = operations.flatMap(({ where, operation: { parameters = [] } }) =>
      parameters
        .filter(({ description, example }) => !description || example === undefined)
        .map(({ name }) => `${where}: ${name}`),
    );
    expect(bare).toEqual([]);
  });

  test("has an example of every body, and of every error code", () => {
    const bare = messages().filter(({ media }) => media.example === undefined && !media.examples);
    expect(bare.map(({ where }) => where)).toEqual([]);
  });

  test("documents of every operation success, what its input and its access can break, and a bug", () => {
    for (const { where, operation } of operations) {
      const statuses = Object.keys(operation.responses).map(Number);
      expect({ where, statuses }).toMatchObject({ statuses: expect.arrayContaining([200, 500]) });
      if (!where.startsWith("GET ")) expect(statuses, where).toContain(413);
      if (operation.requestBody) expect(statuses, where).toEqual(expect.arrayContaining([400, 413, 415, 422]));
      if (where.includes("{")) expect(statuses, where).toEqual(expect.arrayContaining([400, 404]));
    }
  });

  test("describes the headers of every response", () => {
    for (const { where, operation } of operations) {
      for (const [status, { headers = {} }] of Object.entries(operation.responses)) {
        expect(Object.keys(headers), `${where} ${status}`).toEqual(
          expect.arrayContaining(["X-Request-Id", ...(status === "429" ? ["Retry-After", "RateLimit"] : [])]),
        );
      }
    }
  });

  test("names every code that programs may find in an error", () => {
    const { code } = document.components.schemas.Error?.properties?.error?.properties ?? {};
    const shown = messages().flatMap(({ media }) => Object.values(media.examples ?? {}).map(codeOf));
    expect(code?.enum).toEqual(expect.arrayContaining(shown.filter((one) => one !== undefined)));
    expect(code?.enum).toContain("method_not_allowed");
  });

  // What `.nullable()` makes of a named schema: null wherever the name stands, for every generated client.
  test("has no named schema that may be null", () => {
    const nullable = Object.entries(document.components.schemas).filter(([, { type = "" }]) => type.includes("null"));
    expect(nullable.map(([name]) => name)).toEqual([]);
  });

  // Some generators drop the null of such an object, and their clients read a field of null.
  test("has no object with fields that may be null but as one of two", () => {
    const named = Object.entries(document.components.schemas).flatMap(([name, schema]) => within(name, schema));
    const nullable = named.filter(({ schema: { type = "", properties } }) => properties && type.includes("null"));
    expect(nullable.map(({ path }) => path)).toEqual([]);
  });

  test("says of every field that may be null what null is", () => {
    const fields = objects(document.components.schemas).flatMap(({ properties }) =>
      Object.entries((properties ?? {}) as Record<string, Schema>),
    );
    const nullable = fields.filter(([, { type = "", anyOf = [] }]) =>
      [type, ...anyOf.map((one) => one.type ?? "")].flat().includes("null"),
    );
    expect(nullable.length).toBeGreaterThan(50);
    expect(nullable.filter(([, { description }]) => !description).map(([name]) => name)).toEqual([]);
  });

  test("bounds no number twice from one side, which some generators refuse", () => {
    const twice = objects(document).filter(
      (schema) =>
        ("minimum" in schema && "exclusiveMinimum" in schema) || ("maximum" in schema && "exclusiveMaximum" in schema),
    );
    expect(twice).toEqual([]);
  });

  test("shows a template that is what it says of itself", () => {
    const templates = messages().flatMap(({ where, media }) => {
      const { data } = (media.example ?? {}) as { data?: { type?: string; template?: { type: string } } };
      return data?.template ? [{ where, type: data.type, template: data.template.type }] : [];
    });
    expect(templates.length).toBeGreaterThan(0);
    expect(templates.filter(({ type, template }) => type !== template)).toEqual([]);
  });

  test("shows scores that move as their message says", () => {
    const moves = objects(document).filter(({ change_message: message }) => typeof message === "string");
    expect(moves.length).toBeGreaterThan(3);
    for (const { smartscore_before: before, smartscore_after: after, change_message: message } of moves) {
      expect(String(message)).toMatch(/^(\+[1-9]\d*|-[1-9]\d*): /);
      expect({ message, delta: Number.parseInt(String(message), 10) }).toEqual({
        message,
        delta: Number(after) - Number(before),
      });
    }
  });

  // Swagger UI fills a call in with the examples: who tries one as it stands is to see something.
  test("has examples of parameters that find what the demo has", async () => {
    const account = { email: "admin@example.com", password: PASSWORD };
    const { access_token: token } = await newClient().post("/auth/login", account).hears(tokensShape);
    const reports = operations.filter(({ where }) => /^GET \/api\/v1\/(skills$|analytics\/)/.test(where));
    expect(reports.length).toBeGreaterThan(5);
    const refused: string[] = [];
    for (const { where, operation } of reports) {
      const url = exampleUrl(where, operation);
      const response = await fetch(url, { headers: { Authorization: `Bearer ${token}` } });
      const { data } = (await response.json()) as { data?: unknown };
      const isEmpty = where.endsWith("/skills") && !where.includes("analytics") && (data as unknown[])?.length === 0;
      if (response.status !== 200 || isEmpty) refused.push(`${response.status} ${url}`);
    }
    expect(refused).toEqual([]);
  });

  test("has no example that breaks its own schema", () => {
    const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));
    ajv.addSchema({ $id: "https://ascent.test/openapi", ...document });
    const faultsOf = (pointer: string, value: unknown) => {
      const validate = ajv.compile({ $ref: `https://ascent.test/openapi#${pointer}` });
      return validate(value) ? [] : (validate.errors ?? []).map((fault: ErrorObject) => ({ pointer, ...fault }));
    };
    const parameters = operations.flatMap(({ pointer, operation }) =>
      (operation.parameters ?? []).map(({ example }, index) => ({
        pointer: `${pointer}${pointerTo("parameters", String(index), "schema")}`,
        value: example,
      })),
    );
    const bodies = messages().flatMap(({ pointer, media }) => {
      const values = [media.example, ...Object.values(media.examples ?? {}).map(({ value }) => value)];
      return values.map((value) => ({ pointer: `${pointer}/schema`, value }));
    });
    const schemas = Object.entries(document.components.schemas).flatMap(([name, { examples = [] }]) =>
      examples.map((value) => ({ pointer: pointerTo("components", "schemas", name), value })),
    );
    const examples = [...parameters, ...bodies, ...schemas].filter(({ value }) => value !== undefined);
    expect(examples.length).toBeGreaterThan(100);
    expect(examples.flatMap(({ pointer, value }) => faultsOf(pointer, value))).toEqual([]);
  });
});

/** Every object within a value, itself first. */
function objects(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(objects);
  if (typeof value !== "object" || value === null) return [];
  return [value as Record<string, unknown>, ...Object.values(value).flatMap(objects)];
}

/** The code in an example of an error; undefined where it is one of something else. */
const codeOf = ({ value }: { value: unknown }) => (value as { error?: { code?: string } }).error?.code;

/** A schema and all that stand within it, each with its path. */
function within(path: string, schema: Schema): { path: string; schema: Schema }[] {
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => within(`${path}.${name}`, field));
  return [{ path, schema }, ...fields, ...(schema.items ? within(`${path}[]`, schema.items) : [])];
}

/** The call of a GET with all examples of its parameters but a cursor, which is of one reply. */
function exampleUrl(where: string, { parameters = [] }: Operation): URL {
  const path = where
    .slice("GET ".length)
    .replace(/\{(\w+)\}/g, (_, name) => String(parameters.find((parameter) => parameter.name === name)?.example));
  const url = new URL(path, inject("baseUrl"));
  for (const { name, in: place, example } of parameters) {
    if (place === "query" && name !== "cursor") url.searchParams.set(name, String(example));
  }
  return url;
}

/** Every body that is sent or received. */
function messages() {
  return operations.flatMap(({ where, pointer, operation: { requestBody, responses } }) => {
    const request = requestBody
      ? [{ where: `${where} body`, pointer: `${pointer}/requestBody`, message: requestBody }]
      : [];
    const replies = Object.entries(responses).map(([status, message]) => ({
      where: `${where} ${status}`,
      pointer: `${pointer}${pointerTo("responses", status)}`,
      message,
    }));
    return [...request, ...replies].flatMap(({ where, pointer, message }) =>
      Object.entries(message.content ?? {}).map(([type, media]) => ({
        where,
        pointer: `${pointer}${pointerTo("content", type)}`,
        media,
      })),
    );
  });
}

/** A JSON pointer in a URI fragment (RFC 6901, 6). */
function pointerTo(...names: string[]): string {
  return names.map((name) => `/${encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"))}`).join("");
}
