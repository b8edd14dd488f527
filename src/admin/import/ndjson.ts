import { waitUntil } from "cloudflare:workers";
import type { Context } from "hono";
import { asReplied } from "../../http/envelope.ts";
import { handleError } from "../../http/errors.ts";
import type { AppEnv } from "../../http/route.ts";
import { type Progress, progressOf } from "./progress.ts";

export const NDJSON = "application/x-ndjson";

/** A line for about every percent of a large import. */
const LINES = 100;

/**
 * Answers at once, with a line of `{done, total}` now and then while `work` goes on, and the body of its reply as the last
 * line, `{data}` or `{error}`. The work goes on where the client has gone.
 */
export function progressReply<R extends Response>(
  c: Context<AppEnv>,
  total: number,
  work: (progress: Progress) => Promise<R>,
): R {
  const { readable, line, end } = lines();
  const progress = progressOf(total, Math.ceil(Math.max(total, 1) / LINES), async (state) =>
    line(JSON.stringify(state)),
  );
  const reply = async (): Promise<Response> => {
    try {
      return await work(progress);
    } catch (failure) {
      return handleError(failure, c);
    }
  };
  const finished = reply()
    .then(async (response) => line((await response.text()).trimEnd()))
    .finally(end);
  waitUntil(finished);
  return asReplied<R>(new Response(readable, { headers: { "Content-Type": NDJSON } }));
}

/** A stream of lines that holds what nobody has read yet: they are few and short. */
function lines() {
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const readable = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
    },
    cancel() {
      controller = undefined;
    },
  });
  return {
    readable,
    line: (text: string) => controller?.enqueue(encoder.encode(`${text}\n`)),
    end: () => controller?.close(),
  };
}
