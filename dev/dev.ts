import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parseSettings } from "../src/env.ts";
import { hostOf } from "./local/connection-string.ts";
import { openLocalPlatform } from "./local/open-platform.ts";
import { HOST, portsToServe } from "./local/ports.ts";
import { runCommand, say, step } from "./local/say.ts";
import { chosenVariables, exampleVariables, platformVariables } from "./local/settings.ts";
import { startOver } from "./local/start-over.ts";
import { untilStopped } from "./local/until-stopped.ts";
import { sayAccounts } from "./local/welcome.ts";
import { startWranglerDev } from "./local/wrangler-dev.ts";
import { claim } from "./platform/claim.ts";

const DIR = ".local";

/** The whole product for development: the local platform, and the Worker under `wrangler dev`, which reloads it as its files change. */
await runCommand(async () => {
  const { values } = parseArgs({ options: { fresh: { type: "boolean", default: false } } });
  const stopped = untilStopped();
  const { port, platformPort } = await portsToServe("dev");
  const settings = {
    ...(await exampleVariables()),
    ...(await chosenVariables()),
    ...platformVariables(`http://${HOST}:${platformPort}`),
  };
  parseSettings(settings);

  say("Ascent for development");
  await mkdir(DIR, { recursive: true });
  const databaseUrl = process.env.LOCAL_DATABASE_URL;
  const objectsDir = objectsDirOf(databaseUrl);
  if (values.fresh) await step("Starting over", () => startOver({ dir: DIR, objectsDir, databaseUrl }));
  const release = await claim(objectsDir);
  const platform = await openLocalPlatform({
    dir: DIR,
    port: platformPort,
    demo: true,
    databaseUrl,
    redisUrl: process.env.LOCAL_REDIS_URL,
    redisToken: settings.UPSTASH_REDIS_REST_TOKEN ?? "",
    step,
  });
  const starting = step("Worker (wrangler dev)", () =>
    startWranglerDev({ port, objectsDir, envFile: join(DIR, "dev.vars"), settings, onLine: say }),
  );
  const close = async () => {
    await platform.close();
    await release();
  };
  const worker = await Promise.race([starting, stopped]).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  if (worker === "stopped") {
    await close();
    // What is still starting ends with this process.
    process.exit(0);
  }

  say();
  say(`  Ascent   http://${HOST}:${port}`);
  say(`  Docs     http://${HOST}:${port}/docs`);
  if (parseSettings(settings).DEMO_PAGE) say(`  Demo     http://${HOST}:${port}/demo`);
  sayAccounts();
  say(`  Data     ${DIR}; \`npm run dev -- --fresh\` starts over`);
  say("  Changes in src/ are served at once. Ctrl-C stops it.");
  say();
  const end = await Promise.race([stopped, worker.ended]);
  if (end !== "stopped") say(`wrangler has ended (${end}).`);
  await worker.stop();
  await close();
  process.exit(end === "stopped" ? 0 : 1);
});

/** Objects and database belong together: each real Postgres has objects of its own. */
function objectsDirOf(databaseUrl: string | undefined): string {
  if (databaseUrl === undefined) return join(DIR, "objects");
  const name = createHash("sha256").update(hostOf(databaseUrl)).digest("hex").slice(0, 8);
  return join(DIR, `objects-${name}`);
}
