import { expect } from "vitest";
import { newTeacher } from "./accounts.ts";
import { signInByForm } from "./demo-page.ts";
import { it } from "./opened-demo.ts";

it("a class can be simulated: its pupils are made, practise and are seen", async ({ page, faults }) => {
  await page.getByRole("button", { name: "Look on as Tess Teacher" }).click();
  await page.getByRole("button", { name: "Simulate a class" }).click();
  await expect.poll(() => page.locator("#teacher .tile").count(), { timeout: 20_000 }).toBeGreaterThanOrEqual(6);
  await page.locator("#teacher .feed li").nth(2).waitFor();
  expect(Number(await page.locator("#teacher .live-counts [data-status=ACTIVE] dd").textContent())).toBeGreaterThan(1);

  await page.getByRole("button", { name: "Stop the simulation" }).click();
  await page.getByRole("button", { name: "Simulate a class" }).click();
  await page.getByRole("button", { name: "Stop the simulation" }).waitFor();
  const classes = await page.getByLabel("Class").locator("option").allTextContents();
  expect(classes.filter((title) => title === "Simulated class")).toHaveLength(1);
  expect(faults).toEqual([]);
});

it("every teacher can simulate one of their own", async ({ page, baseUrl }) => {
  const { email, password } = await newTeacher(baseUrl);
  await signInByForm(page.locator("#teacher"), email, password);
  await page.locator("#teacher .hint", { hasText: "You have no class yet." }).waitFor();
  expect(await page.getByLabel("Class").isVisible()).toBe(false);
  await page.getByRole("button", { name: "Simulate a class" }).click();
  await expect.poll(() => page.locator("#teacher .tile").count(), { timeout: 20_000 }).toBe(6);
  expect(await page.getByLabel("Class").locator("option:checked").textContent()).toBe("Simulated class");
});

it("its pupils go on after requests have failed", async ({ page, baseUrl }) => {
  const { email, password } = await newTeacher(baseUrl);
  await signInByForm(page.locator("#teacher"), email, password);
  await page.getByRole("button", { name: "Simulate a class" }).click();
  await page.locator("#teacher .feed li").first().waitFor({ timeout: 30_000 });

  // A pupil who meets a failure twice in a row has failed to start again, too.
  const failures = new Map<string, number>();
  const practice = /\/practice\/sessions/;
  await page.route(practice, (route) => {
    const who = route.request().headers().authorization ?? "";
    failures.set(who, (failures.get(who) ?? 0) + 1);
    return route.abort();
  });
  const failedTwice = () => [...failures].filter(([, times]) => times >= 2).map(([who]) => who);
  await expect.poll(() => failedTwice().length, { timeout: 30_000 }).toBeGreaterThanOrEqual(2);
  await page.unroute(practice);
  const known = failedTwice();
  await page.waitForResponse(
    (reply) =>
      reply.url().endsWith("/submit") && reply.ok() && known.includes(reply.request().headers().authorization ?? ""),
  );
});
