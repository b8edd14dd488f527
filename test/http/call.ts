import { exports } from "cloudflare:workers";
import type { ErrorCode } from "../../src/http/errors.ts";
import { answerOf, clearFaults, PLATFORM, setFault } from "../worker/client.ts";
import { errorBodyOf } from "../worker/people.ts";

const ORIGIN = "https://ascent.test";

/** Asks the Worker under test, middleware and all. */
export const call = (path: string, init: RequestInit = {}): Promise<Response> =>
  exports.default.fetch(new Request(`${ORIGIN}${path}`, init));

/** A request with a JSON body. */
export const json = (body: unknown, method = "POST"): RequestInit => ({
  method,
  headers: { "Content-Type": "application/json" },
  body: typeof body === "string" ? body : JSON.stringify(body),
});

/** Expects the one error envelope, complete and with nothing else in it, and gives it. */
export const expectError = async (response: Response, status: number, code: ErrorCode) =>
  errorBodyOf(await answerOf(response), status, code);

type Counted = { postgres: { requests: number; statements: number }; redis: { requests: number; commands: number } };

/** The local platform behind the Worker, as tests steer it. */
export const platform = {
  /** What was asked of Postgres and Redis while `work` ran, flushes of students' objects left out. */
  async counted(work: () => Promise<unknown>): Promise<Counted> {
    await fetch(`${PLATFORM}/stats`, { method: "DELETE" });
    await work();
    const { postgres, redis }: Counted = await (await fetch(`${PLATFORM}/stats`)).json();
    return { postgres, redis };
  },

  /** Runs `work` while a dependency does not work. */
  async broken<T>(fault: Parameters<typeof setFault>[0], work: () => Promise<T>): Promise<T> {
    await setFault(fault);
    try {
      return await work();
    } finally {
      await clearFaults();
    }
  },
};
