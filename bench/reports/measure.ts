import type { Statement } from "../../dev/platform/postgres/request.ts";
import type { Client } from "../load/client.ts";
import { cpuSeconds, quantile } from "../load/figures.ts";
import type { Report } from "./calls.ts";
import type { Cast } from "./cast.ts";
import { type Plan, planOf } from "./plans.ts";
import type { WatchedPlatform } from "./watched-platform.ts";

/** The plan of a statement, and which way of asking it served; empty for the plain one. */
export type AskedPlan = Plan & { readonly variant: string };

type Times = { readonly p50: number; readonly p99: number };

/** What came of calling one report for class after class, each once and then once more. */
export type Measured = {
  readonly name: string;
  readonly isOfClass: boolean;
  readonly calls: number;
  /** Milliseconds until the reply was there: the first call of each class, and the second, which may know it already. */
  readonly first: Times;
  readonly again: Times;
  /** Milliseconds of workerd's CPU, of a first call on average. */
  readonly cpuMs: number;
  /** Postgres statements of one first call, at most. */
  readonly statements: number;
  readonly bytes: number;
  /** Of one first call, and of one in each other way to ask. */
  readonly plans: readonly AskedPlan[];
  /** Why it could not be measured, in words. */
  readonly failure?: string;
};

type With = {
  readonly client: Client;
  readonly platform: WatchedPlatform;
  readonly casts: readonly Cast[];
  readonly calls: number;
  /** Of workerd. */
  readonly pid: number;
};

const NOT: Times = { p50: Number.NaN, p99: Number.NaN };

/** Calls a report; the last class is for warming up where there is another. */
export async function measure(report: Report, { client, platform, casts, calls, pid }: With): Promise<Measured> {
  const [last] = casts.slice(-1);
  if (!last) throw new Error("The school has no class with a certificate: make it larger.");
  const others = casts.length > 1 ? casts.slice(0, -1) : casts;
  const base = { name: report.name, isOfClass: report.isOfClass };
  const round = async (count: number, of: readonly Cast[]): Promise<Reply[]> => {
    const replies: Reply[] = [];
    for (let index = 0; index < count; index++) {
      const cast = of[index % of.length];
      if (!cast) continue;
      const { body: _, ...reply } = await callOnce(client, platform, report.call(cast));
      replies.push(reply);
    }
    return replies;
  };
  try {
    await round(1, [last]);
    const before = cpuSeconds(pid);
    const first = await round(Math.min(calls, others.length), others);
    const cpuMs = ((cpuSeconds(pid) - before) * 1000) / first.length;
    const again = await round(Math.min(calls, others.length), others);
    const most = first.reduce((one, other) => (other.statements.length > one.statements.length ? other : one));
    return {
      ...base,
      calls: first.length,
      first: timesOf(first),
      again: timesOf(again),
      cpuMs,
      statements: most.statements.length,
      bytes: Math.max(...first.map(({ bytes }) => bytes)),
      plans: [
        ...(await plansOf(platform, "", most.statements)),
        ...(await variantPlans(client, platform, report, last)),
      ],
    };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    return {
      ...base,
      calls: 0,
      first: NOT,
      again: NOT,
      cpuMs: Number.NaN,
      statements: 0,
      bytes: 0,
      plans: [],
      failure,
    };
  }
}

type Reply = { readonly ms: number; readonly bytes: number; readonly statements: readonly Statement[] };

async function callOnce(
  client: Client,
  platform: WatchedPlatform,
  { token, path }: ReturnType<Report["call"]>,
): Promise<Reply & { body: string }> {
  platform.takeStatements();
  const startedAt = performance.now();
  const { status, body } = await client.send("GET", path, { token });
  const ms = performance.now() - startedAt;
  if (status !== 200) throw new Error(`GET ${path} answers ${status}: ${body.slice(0, 300)}`);
  return { ms, bytes: Buffer.byteLength(body), statements: platform.takeStatements(), body };
}

const timesOf = (replies: readonly Reply[]): Times => {
  const all = replies.map(({ ms }) => ms);
  return { p50: quantile(all, 0.5), p99: quantile(all, 0.99) };
};

/** The plans of a call in each other way that the report can be asked for. */
async function variantPlans(
  client: Client,
  platform: WatchedPlatform,
  report: Report,
  cast: Cast,
): Promise<AskedPlan[]> {
  const plans: AskedPlan[] = [];
  for (const { name, query, thenNext } of report.variants(cast)) {
    let reply = await callOnce(client, platform, report.call(cast, query));
    if (thenNext) {
      const { meta } = JSON.parse(reply.body) as { meta?: { next_cursor?: string } };
      if (meta?.next_cursor === undefined) continue;
      reply = await callOnce(client, platform, report.call(cast, { ...query, cursor: meta.next_cursor }));
    }
    plans.push(...(await plansOf(platform, name, reply.statements)));
  }
  return plans;
}

async function plansOf(
  { database }: WatchedPlatform,
  variant: string,
  statements: readonly Statement[],
): Promise<AskedPlan[]> {
  const plans: AskedPlan[] = [];
  for (const statement of statements) plans.push({ ...(await planOf(database, statement)), variant });
  return plans;
}
