import { z } from "zod";
import type { Faults, Target } from "./faults.ts";
import { resetStats, type Stats } from "./stats.ts";

const faultRequest = z.strictObject({
  target: z.enum(["postgres", "redis", "all"]),
  kind: z.enum(["delay", "refuse", "hang", "drop_reply", "http_500", "wrong"]),
  ms: z.int().nonnegative().optional(),
  times: z.int().positive().optional(),
});

/** Answers `/faults`: POST sets one (with `all`, `times` counts for each service), GET reports, DELETE clears. */
export async function answerFaults(faults: Faults, request: Request): Promise<Response> {
  switch (request.method) {
    case "GET":
      return Response.json(faults.report());
    case "POST": {
      const parsed = faultRequest.safeParse(await request.json().catch(() => undefined));
      if (!parsed.success) return Response.json({ error: z.prettifyError(parsed.error) }, { status: 400 });
      const { target, ...fault } = parsed.data;
      const targets: readonly Target[] = target === "all" ? ["postgres", "redis"] : [target];
      for (const each of targets) faults.set(each, fault);
      return Response.json(faults.report());
    }
    case "DELETE":
      faults.clear();
      return Response.json(faults.report());
    default:
      return methodNotAllowed();
  }
}

/** Answers `/stats`: GET reports, DELETE sets every counter back to zero. */
export function answerStats(stats: Stats, request: Request): Response {
  switch (request.method) {
    case "DELETE":
      resetStats(stats);
      return Response.json(stats);
    case "GET":
      return Response.json(stats);
    default:
      return methodNotAllowed();
  }
}

function methodNotAllowed(): Response {
  return Response.json({ error: "Method not allowed" }, { status: 405 });
}
