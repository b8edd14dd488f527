import type { Statement } from "../../dev/platform/postgres/request.ts";
import type { Client } from "../load/client.ts";
import { cpuSeconds, quantile } from "../load/figures.ts";
import type { Report } from "./calls.ts";
import type { Cast } from "./cast.ts";
import { type Plan, planOf } from "./plans.ts";
import type { WatchedPlatform } from "./watched-platform.ts";

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
  readonly plans: readonly Plan[];
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
      if (cast) replies.push(await callOnce(client, platform, report, cast));
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
      plans: await plansOf(platform, most.statements),
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

async function callOnce(client: Client, platform: WatchedPlatform, report: Report, cast: Cast): Promise<Reply> {
  const { token, path } = report.call(cast);
  platform.takeStatements();
  const startedAt = performance.now();
  const { status, body } = await client.send("GET", path, { token });
  const ms = performance.now() - startedAt;
  if (status !== 200) throw new Error(`GET ${path} answers ${status}: ${body.slice(0, 300)}`);
  return { ms, bytes: Buffer.byteLength(body), statements: platform.takeStatements() };
}

const timesOf = (replies: readonly Reply[]): Times => {
  const all = replies.map(({ ms }) => ms);
  return { p50: quantile(all, 0.5), p99: quantile(all, 0.99) };
};

async function plansOf({ database }: WatchedPlatform, statements: readonly Statement[]): Promise<Plan[]> {
  const plans: Plan[] = [];
  for (const statement of statements) plans.push(await planOf(database, statement));
  return plans;
}
