import { describe, expect } from "vitest";
import { newClass, newPupil, newTeacher } from "./accounts.ts";
import { holdBack, lookOnAsTess, signInAsSam, signInByForm } from "./demo-page.ts";
import { it } from "./opened-demo.ts";

describe("signing in", () => {
  it("who is no teacher is told so, and signed in nowhere", async ({ page }) => {
    const side = page.locator("#teacher");
    await side.getByText("Use another account").click();
    await side.getByLabel("E-mail").fill("student@example.com");
    await side.getByLabel("Password").fill("Password123!");
    await side.getByRole("button", { name: "Sign in" }).click();
    await side.getByRole("alert").filter({ hasText: "for teachers" }).waitFor();
    await page.reload();
    await page.getByRole("button", { name: "Look on as Tess Teacher" }).waitFor();
  });

  it("a pupil without e-mail signs in with their user name", async ({ page, baseUrl }) => {
    const teacher = await newTeacher(baseUrl);
    const { username, password } = await newPupil(
      baseUrl,
      teacher,
      await newClass(baseUrl, teacher, "Room 1"),
      "Ana López",
    );
    await signInByForm(page.locator("#student"), username, password);
    await page.locator("#student .who-name", { hasText: "Ana López" }).waitFor();
  });

  it("with a wrong password leaves the focus where it was", async ({ page }) => {
    const side = page.locator("#student");
    await signInByForm(side, "nobody", "not the password");
    await side.getByRole("alert").filter({ hasText: "No account here" }).waitFor();
    expect(await page.evaluate("document.activeElement.innerText")).toBe("Sign in");
  });

  it("counts no more for who goes on as a guest meanwhile", async ({ page }) => {
    const login = await holdBack(page, "**/auth/login");
    await page.getByRole("button", { name: "Practise as Sam Student" }).click();
    await login.arrived;
    await page.getByRole("button", { name: "Try as a guest" }).click();
    const left = page.waitForResponse("**/auth/logout");
    login.letGo();
    await left;
    expect(await page.locator("#student .who-name").textContent()).toBe("Guest");
  });
});

describe("after signing out, a late reply brings nothing back:", () => {
  it("not the teacher's classes", async ({ page }) => {
    let sockets = 0;
    page.on("websocket", () => sockets++);
    const classes = await holdBack(page, "**/api/v1/classrooms");
    const late = page.waitForResponse("**/api/v1/classrooms");
    const side = page.locator("#teacher");
    await side.getByRole("button", { name: "Look on as Tess Teacher" }).click();
    await classes.arrived;
    await side.getByRole("button", { name: "Sign out" }).click();
    classes.letGo();
    await (await late).finished();
    await page.waitForFunction("true");
    await side.getByRole("button", { name: "Look on as Tess Teacher" }).waitFor();
    expect(await side.getByLabel("Class").count()).toBe(0);
    expect(sockets).toBe(0);
  });

  it("not a simulation", async ({ page }) => {
    await lookOnAsTess(page);
    const roster = await holdBack(page, "**/roster");
    const late = page.waitForResponse("**/roster");
    const side = page.locator("#teacher");
    await side.getByRole("button", { name: "Simulate a class" }).click();
    await roster.arrived;
    const played: string[] = [];
    page.on("request", (request) => {
      if (/\/practice\/|\/login$/.test(request.url())) played.push(request.url());
    });
    await side.getByRole("button", { name: "Sign out" }).click();
    roster.letGo();
    await (await late).finished();
    await page.waitForTimeout(500);
    await side.getByRole("button", { name: "Look on as Tess Teacher" }).waitFor();
    expect(played).toEqual([]);
  });

  it("not a student's session", async ({ page }) => {
    await signInAsSam(page);
    const start = await holdBack(page, "**/practice/sessions");
    const late = page.waitForResponse("**/practice/sessions");
    await page.locator("#student .skill", { hasText: "Divide whole numbers" }).click();
    await start.arrived;
    await page.locator("#student").getByRole("button", { name: "Sign out" }).click();
    start.letGo();
    await (await late).finished();
    await page.waitForFunction("true");
    await page.getByRole("button", { name: "Practise as Sam Student" }).waitFor();
    expect(await page.locator("#student form.answer").count()).toBe(0);
  });

  it("not the tokens that were being renewed", async ({ page }) => {
    await lookOnAsTess(page);
    await page.evaluate(`
      const found = JSON.parse(sessionStorage.getItem("demo.teacher"));
      sessionStorage.setItem("demo.teacher", JSON.stringify({ ...found, renewAtMs: 0 }));
    `);
    const refresh = await holdBack(page, "**/auth/refresh");
    await page.reload();
    await refresh.arrived;
    await page.locator("#teacher").getByRole("button", { name: "Sign out" }).click();
    const late = page.waitForResponse("**/auth/refresh");
    refresh.letGo();
    await (await late).finished();
    await page.waitForFunction("true");
    expect(await page.evaluate("sessionStorage.getItem('demo.teacher')")).toBeNull();
  });
});
