import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { ConnectionLost } from "./faults.ts";
import type { Platform } from "./index.ts";

/** A platform that listens. */
export interface ServedPlatform {
  readonly port: number;
  /** Without a slash at its end; Upstash's base URL is this with `/redis`, Neon's endpoint this with `/sql`. */
  readonly url: string;
  /** Stops listening and drops the connections; the platform itself stays open. */
  close(): Promise<void>;
}

/** Serves `platform` on a loopback port (0 picks a free one); rejects with what to do where the port is taken. */
export async function servePlatform(
  platform: Platform,
  { port, host = "127.0.0.1" }: { readonly port: number; readonly host?: string },
): Promise<ServedPlatform> {
  const server = createServer(requestListener(platform));
  // A server that closes an idle connection while a request is on its way breaks that request: only faults may do so.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(error.code === "EADDRINUSE" ? portTaken(port) : error),
    );
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  return {
    port: bound,
    url: `http://${host}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A Node listener that answers with `platform` and destroys the socket where a fault breaks the connection. */
function requestListener(platform: Platform): (request: IncomingMessage, response: ServerResponse) => void {
  return (incoming, outgoing) => {
    const gone = new AbortController();
    outgoing.once("close", () => gone.abort());
    answer(platform, incoming, outgoing, gone.signal).catch(() => outgoing.destroy());
  };
}

async function answer(
  platform: Platform,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  gone: AbortSignal,
): Promise<void> {
  const request = await requestOf(incoming, gone);
  const response = request.headers.has("Origin") ? fromBrowser() : await platform.handle(request).catch(failed);
  const body = Buffer.from(await response.arrayBuffer());
  outgoing.writeHead(response.status, [...response.headers].flat());
  outgoing.end(body);
}

async function requestOf(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const { method = "GET" } = incoming;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  const body = method === "GET" || method === "HEAD" ? null : await buffer(incoming);
  return new Request(new URL(incoming.url ?? "/", "http://localhost"), { method, headers, body, signal });
}

/** Any page that a browser has open could send SQL to a loopback port, and only browsers send an origin. */
function fromBrowser(): Response {
  return Response.json({ error: "The local platform does not answer to web pages" }, { status: 403 });
}

/** A service that fails is a server's error, but a connection that a fault breaks is one for the socket. */
function failed(error: unknown): Response {
  if (error instanceof ConnectionLost) throw error;
  return Response.json({ error: error instanceof Error ? error.message : String(error) }, { status: 502 });
}

function portTaken(port: number): Error {
  return new Error(
    `Port ${port} is taken. Stop what listens there (perhaps an earlier run of this command), or choose another port.`,
  );
}
