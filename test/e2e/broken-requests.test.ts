import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, inject, test } from "vitest";
import { z } from "zod";
import { signedIn } from "./contract/practice.ts";

const errorBody = z.strictObject({
  error: z.strictObject({ code: z.string(), message: z.string() }),
  request_id: z.string(),
});

/** Sends these bytes and no more, as a client does whose connection breaks, and gives the status and body of the reply. */
async function sent(
  head: readonly string[],
  body = "",
  host = "school.test",
): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(inject("baseUrl"));
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  await once(socket, "connect");
  socket.end(`${head.join("\r\n")}\r\nHost: ${host}\r\nConnection: close\r\n\r\n${body}`);
  const reply = await text(socket);
  const [start = "", ...rest] = reply.split("\r\n\r\n");
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(start)?.[1]), body: rest.join("\r\n\r\n") };
}

const JSON_TYPE = "Content-Type: application/json";

describe("a body that breaks off is told to its sender, as nothing of ours is down", () => {
  const login = "POST /api/v1/auth/login HTTP/1.1";

  test.each([
    ["before its announced end", [login, JSON_TYPE, "Content-Length: 50"], '{"email":"a@'],
    ["in the middle of its chunks", [login, JSON_TYPE, "Transfer-Encoding: chunked"], '5\r\n{"ema'],
    ["between two chunks", [login, JSON_TYPE, "Transfer-Encoding: chunked"], '5\r\n{"ema\r\n'],
    ["without a type", [login, "Content-Length: 50"], "{}"],
    ["with a chunk of no size", [login, JSON_TYPE, "Transfer-Encoding: chunked"], "zz\r\n{}\r\n0\r\n\r\n"],
  ] as const)("%s", async (_, head, body) => {
    const reply = await sent(head, body);
    expect(reply).toMatchObject({ status: 400 });
    expect(errorBody.parse(JSON.parse(reply.body)).error.code).toBe("validation_error");
  });

  test("of CSV too", async () => {
    const { token } = await signedIn("admin@example.com");
    const head = [
      "POST /api/v1/admin/import?kind=skills&dry_run=true HTTP/1.1",
      `Authorization: Bearer ${token}`,
      "Content-Type: text/csv",
      "Content-Length: 500",
    ];
    const reply = await sent(head, "subject_slug,grade_number,code,title\r\n");
    expect(reply).toMatchObject({ status: 400 });
    expect(errorBody.parse(JSON.parse(reply.body)).error.code).toBe("validation_error");
  });
});

describe("a body that a GET carries is left unread", () => {
  test.each([
    ["of announced length", "Content-Length: 2", "{}"],
    ["in chunks", "Transfer-Encoding: chunked", "2\r\n{}\r\n0\r\n\r\n"],
    ["of no chunks", "Transfer-Encoding: chunked", "0\r\n\r\n"],
  ])("%s", async (_, framing, body) => {
    expect(await sent(["GET /health HTTP/1.1", framing], body)).toMatchObject({ status: 200 });
    expect(await sent(["HEAD /health HTTP/1.1", framing], body)).toEqual({ status: 200, body: "" });
  });
});

test("a host that is none is told to who named it", async () => {
  for (const host of ["a b", "[::1", "school.test:99999"]) {
    const reply = await sent(["GET /api/v1/subjects HTTP/1.1"], "", host);
    expect(reply).toMatchObject({ status: 400 });
    expect(errorBody.parse(JSON.parse(reply.body)).error.code).toBe("validation_error");
  }
});

test("a host that no address can have is no reason to withhold a page's file", async () => {
  for (const path of ["/assets/pages.css", "/demo"]) {
    expect(await sent([`GET ${path} HTTP/1.1`], "", 'a"b')).toMatchObject({ status: 200 });
  }
});
