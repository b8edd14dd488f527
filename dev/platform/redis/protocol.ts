import type { Stats } from "../stats.ts";
import { type Bytes, bytesOf, Failure, type RedisEngine, type Reply, Status, textOf } from "./engine.ts";

/** Answers a request below `/redis` as Upstash's REST API does, on whichever Redis `engine` leads to. */
export async function answerRedis(
  engine: RedisEngine,
  request: Request,
  token: string,
  stats: Stats,
): Promise<Response> {
  if (request.headers.get("Authorization") !== `Bearer ${token}`) {
    return Response.json({ error: "WRONGPASS invalid or missing auth token" }, { status: 401 });
  }
  const respond = responder(request.headers);
  const path = new URL(request.url).pathname.replace(/^\/redis\/?/, "");
  try {
    if (path === "pipeline") {
      const commands = commandsOf(await jsonOf(request));
      stats.redis.commands += commands.length;
      return respond(await Promise.all(commands.map((command) => engine.run(command))));
    }
    if (path === "multi-exec") {
      const commands = commandsOf(await jsonOf(request));
      stats.redis.commands += commands.length;
      return respond(await engine.runAtomically(commands));
    }
    const command = path === "" ? commandOf(await jsonOf(request)) : await commandInPath(path, request);
    stats.redis.commands += 1;
    const reply = await engine.run(command);
    return respond(reply instanceof Failure ? reply : { reply });
  } catch (error) {
    if (error instanceof Failure) return respond(error);
    throw error;
  }
}

/** One reply, a reply for each of several commands, or a failure of the whole request. */
type Answer = { readonly reply: Reply } | readonly Reply[] | Failure;

function responder(asked: Headers): (answer: Answer) => Response {
  const wire = asked.get("Upstash-Encoding") === "base64" ? inBase64 : inText;
  // One Redis stands behind this, so that every read sees every write: the token goes back as it came.
  const headers = { "Upstash-Sync-Token": asked.get("Upstash-Sync-Token") || "local" };
  const outcome = (reply: Reply): object =>
    reply instanceof Failure ? { error: textOf(reply.message) } : { result: wire(reply) };
  return (answer) => {
    if (answer instanceof Failure) return Response.json({ error: textOf(answer.message) }, { status: 400, headers });
    return Response.json("reply" in answer ? outcome(answer.reply) : answer.map(outcome), { headers });
  };
}

type Wire = null | number | string | readonly Wire[];

/** Every string in base64 but an exact OK on its own, which the client leaves alone. */
function inBase64(reply: Reply): Wire {
  if (reply instanceof Status && reply.text === "OK") return "OK";
  if (reply === "OK") return "OK";
  return encoded(reply, (bytes) => Buffer.from(bytes, "latin1").toString("base64"));
}

function inText(reply: Reply): Wire {
  return encoded(reply, textOf);
}

function encoded(reply: Reply, encode: (bytes: Bytes) => string): Wire {
  if (reply === null || typeof reply === "number") return reply;
  if (typeof reply === "string") return encode(reply);
  if (reply instanceof Status) return encode(reply.text);
  if (reply instanceof Failure) return encode(reply.message);
  return reply.map((element) => encoded(element, encode));
}

async function jsonOf(request: Request): Promise<unknown> {
  try {
    return JSON.parse(await request.text());
  } catch {
    throw new Failure("ERR failed to parse the request body as JSON");
  }
}

function commandsOf(body: unknown): Bytes[][] {
  if (!Array.isArray(body)) throw new Failure("ERR the body must be an array of commands");
  return body.map(commandOf);
}

function commandOf(body: unknown): Bytes[] {
  if (!Array.isArray(body) || body.length === 0) throw new Failure("ERR empty command");
  return body.map((part: unknown) => {
    if (typeof part === "string") return bytesOf(part);
    if (typeof part === "number" || typeof part === "boolean") return String(part);
    throw new Failure("ERR a command's parts must be strings, numbers or booleans");
  });
}

/** `/set/name/value?EX=10`; a body is the last argument before the options. */
async function commandInPath(path: string, request: Request): Promise<Bytes[]> {
  const body = request.method === "POST" || request.method === "PUT" ? await request.text() : "";
  const options = [...new URL(request.url).searchParams].flatMap(([name, value]) =>
    value === "" ? [name] : [name, value],
  );
  const parts = path.split("/").map(decodeURIComponent);
  return [...parts, ...(body === "" ? [] : [body]), ...options].map(bytesOf);
}
