import { Agent, request } from "node:http";

export type Reply = { readonly status: number; readonly headers: Record<string, unknown>; readonly body: string };

export type Client = {
  send(method: "GET" | "POST", path: string, sent?: { token?: string; key?: string; body?: string }): Promise<Reply>;
  close(): void;
};

/** Requests over connections that stay open, one for each that is under way. */
export function openClient(baseUrl: string): Client {
  const { hostname, port } = new URL(baseUrl);
  // workerd closes a connection that is idle for 5 s: one that waits nearly as long is not used again.
  const agent = new Agent({ keepAlive: true, maxSockets: 1000, timeout: 3_000 });
  return {
    send: (method, path, { token, key, body } = {}) =>
      new Promise((resolve, reject) => {
        const headers: Record<string, string | number> = {};
        if (token !== undefined) headers.Authorization = `Bearer ${token}`;
        if (key !== undefined) headers["Idempotency-Key"] = key;
        if (body !== undefined) {
          headers["Content-Type"] = "application/json";
          headers["Content-Length"] = Buffer.byteLength(body);
        }
        const sending = request({ agent, hostname, port, method, path, headers }, (incoming) => {
          const parts: Buffer[] = [];
          incoming.on("data", (part: Buffer) => parts.push(part));
          incoming.on("error", reject);
          incoming.on("end", () =>
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              body: Buffer.concat(parts).toString(),
            }),
          );
        });
        sending.on("error", reject);
        sending.end(body);
      }),
    close: () => agent.destroy(),
  };
}
