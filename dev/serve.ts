import { parseArgs } from "node:util";
import { portsToServe } from "./local/ports.ts";
import { runCommand, say, step } from "./local/say.ts";
import { chosenVariables, SERVE_DIR } from "./local/settings.ts";
import { untilStopped } from "./local/until-stopped.ts";
import { sayAccounts } from "./local/welcome.ts";
import { startStack } from "./stack.ts";

await runCommand(async () => {
  const { values } = parseArgs({ options: { demo: { type: "boolean", default: false } } });
  const { demo } = values;
  const stopped = untilStopped();
  const { port, platformPort } = await portsToServe("serve");
  say("Ascent on workerd");
  const stack = await startStack({
    port,
    platformPort,
    dir: SERVE_DIR,
    demo,
    isClosed: true,
    databaseUrl: process.env.LOCAL_DATABASE_URL,
    redisUrl: process.env.LOCAL_REDIS_URL,
    settings: await chosenVariables(),
    onLine: say,
    step,
  });
  say();
  say(`  Ascent   ${stack.baseUrl}`);
  say(`  Docs     ${stack.baseUrl}/docs`);
  if (demo) sayAccounts();
  say(`  Data     ${SERVE_DIR}, its keys included: keep it`);
  if (stack.platformUrl !== undefined) {
    say("  An administrator of your own, in another terminal:");
    say(
      `    NEON_HTTP_ENDPOINT=${stack.platformUrl}/sql npm run admin:create -- --email you@example.com --name "Your Name"`,
    );
  }
  say("  Ctrl-C stops it.");
  say();
  await stopped;
  await stack.stop();
  process.exit(0);
});
