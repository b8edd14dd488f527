import { parseArgs } from "node:util";
import { openLocalPlatform } from "./local/open-platform.ts";
import { isFree } from "./local/ports.ts";
import { runCommand, say, step } from "./local/say.ts";
import { exampleVariables, readVariables } from "./local/settings.ts";
import { startOver } from "./local/start-over.ts";
import { untilStopped } from "./local/until-stopped.ts";
import { sayAccounts } from "./local/welcome.ts";

const DIR = ".local/platform";
/** Where a plain `wrangler dev` keeps the objects. */
const WRANGLER_STATE = ".wrangler/state";

/** Only the local Postgres and Redis, where .dev.vars (or the example, without one) expects them: for a plain `wrangler dev` beside it. */
await runCommand(async () => {
  const { values } = parseArgs({ options: { fresh: { type: "boolean", default: false } } });
  const stopped = untilStopped();
  const variables = { ...(await exampleVariables()), ...(await readVariables(".dev.vars")) };
  const port = Number(new URL(variables.NEON_HTTP_ENDPOINT ?? "").port);
  if (!(await isFree(port))) {
    throw new Error(
      `Port ${port} is busy, perhaps with \`npm run dev\` or another run of this. Stop that, or name another port in .dev.vars (NEON_HTTP_ENDPOINT and UPSTASH_REDIS_REST_URL).`,
    );
  }
  say("The local platform");
  const databaseUrl = process.env.LOCAL_DATABASE_URL;
  if (values.fresh) {
    await step("Starting over", () => startOver({ dir: DIR, objectsDir: WRANGLER_STATE, databaseUrl }));
  }
  const platform = await openLocalPlatform({
    dir: DIR,
    port,
    demo: true,
    databaseUrl,
    redisUrl: process.env.LOCAL_REDIS_URL,
    redisToken: variables.UPSTASH_REDIS_REST_TOKEN ?? "",
    step,
  });
  say();
  say(`  Neon's protocol      ${platform.url}/sql`);
  say(`  Upstash's protocol   ${platform.url}/redis`);
  sayAccounts();
  say(`  Data     ${DIR}; \`npm run platform -- --fresh\` starts over, with ${WRANGLER_STATE}`);
  say("  Beside it: `cp .dev.vars.example .dev.vars`, then `npx wrangler dev`. Ctrl-C stops it.");
  say();
  await stopped;
  await platform.close();
  process.exit(0);
});
