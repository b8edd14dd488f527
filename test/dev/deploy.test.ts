import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { formatVariables } from "../../dev/local/settings.ts";

test("a deploy refuses settings that there are not, by their names, ahead of all else", async () => {
  const dir = await mkdtemp(join(tmpdir(), "ascent-deploy-"));
  onTestFinished(() => rm(dir, { recursive: true }));
  const file = join(dir, "production.vars");
  await writeFile(
    file,
    formatVariables({ AUTH_RATE_LIMT: "5", CLOUDFLARE_API_TOKEN: "a-token", AUTH_RATE_LIMIT: "5" }),
  );
  const deploy = spawn(process.execPath, ["dev/deploy.ts", "--dry-run", "--settings", file]);
  const [said, [code]] = await Promise.all([text(deploy.stderr), once(deploy, "exit")]);
  expect(said).toContain("There is no setting AUTH_RATE_LIMT, CLOUDFLARE_API_TOKEN");
  expect(said).not.toContain("a-token");
  expect(code).toBe(1);
});
