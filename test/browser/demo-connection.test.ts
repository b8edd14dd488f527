import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { listenTo, lookOnAsTess } from "./demo-page.ts";
import { it } from "./opened-demo.ts";
import { playClass, playedStudent } from "./played-class.ts";

describe("the live connection", () => {
  it.for([
    ["is lost", 1011, "Connection lost"],
    ["needs a new token", 4401, "Connecting"],
  ] as const)(
    "a connection that %s comes back by itself, with the class as it is",
    async ([_why, code, words], { page }) => {
      let cut: (() => Promise<void>) | undefined;
      await page.routeWebSocket(/\/live$/, (socket) => {
        socket.connectToServer();
        cut = () => socket.close({ code, reason: "cut by the test" });
      });
      await lookOnAsTess(page);
      const renewed = page.waitForRequest("**/auth/refresh", { timeout: 5_000 }).then(
        () => true,
        () => false,
      );
      const light = await listenTo(page, "#teacher .live-light");
      await cut?.();
      await page.locator("#teacher .live-state", { hasText: /^Live$/ }).waitFor();
      await expect.poll(async () => (await light.spoken()).join()).toMatch(new RegExp(`^${words}.*Live$`));
      expect(await page.locator("#teacher .tile").count()).toBe(1);
      expect(await renewed).toBe(code === 4401);
    },
  );

  it("is kept in a tab that is not seen, whose timers ring once a minute", async ({ page }) => {
    await page.clock.install();
    const opened = page.waitForEvent("websocket");
    await lookOnAsTess(page);
    const light = await listenTo(page, "#teacher .live-light");
    const socket = await opened;
    for (let minute = 1; minute <= 3; minute++) {
      const pong = socket.waitForEvent("framereceived", ({ payload }) => payload === "pong");
      await page.clock.fastForward(60_000);
      await pong;
    }
    expect(await light.spoken()).toEqual([]);
  });

  it("is given up where a ping has no answer, and comes back", async ({ page }) => {
    await page.clock.install();
    const played = await playClass(page, [playedStudent("Ada")]);
    await lookOnAsTess(page);
    const light = await listenTo(page, "#teacher .live-light");
    played.fallSilent();
    await page.clock.fastForward(20_000);
    await page.clock.fastForward(15_000);
    await page.clock.fastForward(30_000);
    await expect.poll(light.spoken).toEqual(["Connection lost. Connecting again …", "Connecting …", "Live"]);
    expect(played.connections()).toBe(2);
  });

  it("that ended for want of pings while nobody looked comes back when somebody does", async ({ page }) => {
    await page.clock.install();
    const played = await playClass(page, [playedStudent("Ada")]);
    await lookOnAsTess(page);
    await setHidden(page, true);
    await played.cut(4408);
    const state = page.locator("#teacher .live-state");
    await state.filter({ hasText: "Connection lost" }).waitFor();
    await page.clock.fastForward(120_000);
    expect(played.connections()).toBe(1);
    await setHidden(page, false);
    await state.filter({ hasText: /^Live$/ }).waitFor();
    expect(played.connections()).toBe(2);
  });
});

/** Has the page believe that another tab is in front of it, or no longer. */
async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate(`
    Object.defineProperty(document, "hidden", { value: ${isHidden}, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  `);
}
