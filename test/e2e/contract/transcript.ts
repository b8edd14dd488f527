import { expect, inject } from "vitest";
import { z } from "zod";
import { undocumented } from "./documented.ts";
import { errorShape } from "./shapes.ts";

type Method = "GET" | "POST" | "PATCH";

type Habits = {
  /** One `Idempotency-Key` with every POST and PATCH, as clients that make one per page load send it. */
  readonly pageKey?: string;
  /** Where the client sits; by default an address of its own, so that no two conversations share a limit. */
  readonly address?: string;
};

type Said = { readonly key?: string; readonly headers?: Readonly<Record<string, string>> };

/** One line of a transcript: what the client sends, and then what it must hear. */
export type Line = {
  /** 200 with `{data}` alone, of just this shape; gives the data. */
  hears<T extends z.ZodType>(data: T): Promise<z.output<T>>;
  /** 200 with just this body; for lists and reports, which have `meta`. */
  hearsBody<T extends z.ZodType>(body: T): Promise<z.output<T>>;
  /** An error of this status and code, in the one envelope; gives it. */
  isRefused(status: number, code: string): Promise<z.output<typeof errorShape>>;
  /** The reply as it came, once its headers were checked. */
  reply(): Promise<Reply>;
};

export type Reply = { readonly status: number; readonly headers: Headers; readonly text: string };

export type Client = {
  /** Sent as `Authorization: Bearer …` from here on; undefined is a guest. */
  token: string | undefined;
  get(path: string, said?: Said): Line;
  post(path: string, body?: unknown, said?: Said): Line;
  patch(path: string, body: unknown, said?: Said): Line;
};

let clients = 0;

/** A client of the started product. Paths are below `/api/v1`, but for those that start with `~`, which are the root's. */
export function newClient({ pageKey, address = addressNumber(++clients) }: Habits = {}): Client {
  const client: Client = {
    token: undefined,
    get: (path, said) => line("GET", path, undefined, said),
    post: (path, body, said) => line("POST", path, body, said),
    patch: (path, body, said) => line("PATCH", path, body, said),
  };

  function line(method: Method, path: string, body: unknown, said: Said = {}): Line {
    const send = async (): Promise<Reply> => {
      const requestId = crypto.randomUUID();
      const key = said.key ?? (method === "GET" ? undefined : pageKey);
      const response = await fetch(urlOf(path), {
        method,
        headers: {
          Accept: "application/json, text/plain, */*",
          "CF-Connecting-IP": address,
          "X-Request-Id": requestId,
          ...(client.token === undefined ? {} : { Authorization: `Bearer ${client.token}` }),
          ...(key === undefined ? {} : { "Idempotency-Key": key }),
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
          ...said.headers,
        },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const { status, headers } = response;
      expect(await undocumented(method, response.url, status)).toBeUndefined();
      expect(headers.get("X-Request-Id")).toBe(requestId);
      expect(headers.get("Server-Timing")).toMatch(/^total;dur=/);
      return { status, headers, text: await response.text() };
    };
    const hearsBody = async <T extends z.ZodType>(shape: T): Promise<z.output<T>> => {
      const { status, headers, text } = await send();
      expect({ line: `${method} ${path}`, status, text }).toMatchObject({ status: 200 });
      expect(headers.get("Content-Type")).toBe("application/json");
      return parsed(shape, text);
    };
    return {
      reply: send,
      hearsBody,
      async hears(shape) {
        const body = await hearsBody(z.strictObject({ data: z.unknown() }));
        return parsed(shape, JSON.stringify(body.data));
      },
      async isRefused(status, code) {
        const reply = await send();
        expect({ line: `${method} ${path}`, status: reply.status, text: reply.text }).toMatchObject({ status });
        const error = parsed(errorShape, reply.text);
        expect(error).toMatchObject({ error: { code }, request_id: reply.headers.get("X-Request-Id") });
        return error;
      },
    };
  }

  return client;
}

function urlOf(path: string): string {
  const base = inject("baseUrl");
  return path.startsWith("~") ? `${base}${path.slice(1)}` : `${base}/api/v1${path}`;
}

/** What breaks the contract, in words and with the text that does. */
export function parsed<T extends z.ZodType>(shape: T, text: string): z.output<T> {
  const result = shape.safeParse(JSON.parse(text));
  if (!result.success) throw new Error(`${z.prettifyError(result.error)}\nin ${text}`);
  return result.data;
}

/** An address for documentation (RFC 3849). */
const addressNumber = (n: number) => `2001:db8:${process.pid.toString(16)}:${n.toString(16)}::1`;
