import { createPlatform, type Platform } from "../../dev/platform/index.ts";
import { parseSqlRequest, type Statement } from "../../dev/platform/postgres/request.ts";
import { type ServedPlatform, servePlatform } from "../../dev/platform/server.ts";

/** A local platform that listens and remembers every statement that it was sent. */
export type WatchedPlatform = {
  readonly url: string;
  readonly database: Platform["database"];
  /** What was sent since this was asked last, in order. */
  takeStatements(): Statement[];
  close(): Promise<void>;
};

export async function openWatchedPlatform(databaseUrl: string, redisToken: string): Promise<WatchedPlatform> {
  const platform = await createPlatform({ databaseUrl, redisToken });
  const seen: Statement[] = [];
  const handle = async (request: Request): Promise<Response> => {
    if (new URL(request.url).pathname === "/sql") {
      const asked = parseSqlRequest(await request.clone().text(), request.headers);
      seen.push(...(asked.kind === "single" ? [asked.statement] : asked.statements));
    }
    return platform.handle(request);
  };
  let served: ServedPlatform;
  try {
    served = await servePlatform({ ...platform, handle }, { port: 0 });
  } catch (error) {
    await platform.close();
    throw error;
  }
  return {
    url: served.url,
    database: platform.database,
    takeStatements: () => seen.splice(0),
    close: async () => {
      await served.close();
      await platform.close();
    },
  };
}
