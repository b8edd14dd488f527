import { expect, onTestFinished, test } from "vitest";
import { createPlatform } from "../../dev/platform/index.ts";

test("a platform that has a password lets in who has it, and takes no faults from anybody", async () => {
  const platform = await createPlatform({ redisToken: "token", sqlPassword: "a-password" });
  onTestFinished(() => platform.close());
  const ask = (headers: Record<string, string>) =>
    platform.handle(
      new Request("http://platform.test/sql", { method: "POST", headers, body: '{"query":"select 1 as one"}' }),
    );
  const as = (password: string) => ({ "Neon-Connection-String": `postgresql://ascent:${password}@localhost/ascent` });

  expect((await ask(as("a-password"))).status).toBe(200);
  for (const headers of [as("ascent"), as(""), { "Neon-Connection-String": "a-password" }, {}]) {
    const refused = await ask(headers);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ code: "28P01" });
  }
  for (const path of ["/faults", "/stats"]) {
    expect((await platform.handle(new Request(`http://platform.test${path}`))).status).toBe(404);
  }
});
