import { expect, test } from "vitest";
import { newStudent, PASSWORD } from "./practice.ts";
import { tokensShape, userShape } from "./shapes.ts";
import { newClient } from "./transcript.ts";

test("a client that never stores the new refresh token is signed in after ten refreshes", async () => {
  const { email } = await newStudent();
  const client = newClient();
  const { refresh_token } = await client.post("/auth/login", { email, password: PASSWORD }).hears(tokensShape);
  const successors = new Set<string>();
  for (let refreshes = 0; refreshes < 10; refreshes += 1) {
    const tokens = await client.post("/auth/refresh", { refresh_token }).hears(tokensShape);
    successors.add(tokens.refresh_token);
    client.token = tokens.access_token;
    expect(await client.get("/users/me").hears(userShape)).toMatchObject({ email });
  }
  expect(successors.size).toBe(1);
  expect(successors).not.toContain(refresh_token);
});

test("a client that stores them goes from one to the next, and a stolen ancestor ends the family", async () => {
  const { email } = await newStudent();
  const client = newClient();
  const first = await client.post("/auth/login", { email, password: PASSWORD }).hears(tokensShape);
  const second = await client.post("/auth/refresh", { refresh_token: first.refresh_token }).hears(tokensShape);
  const third = await client.post("/auth/refresh", { refresh_token: second.refresh_token }).hears(tokensShape);
  await client.post("/auth/refresh", { refresh_token: first.refresh_token }).isRefused(401, "unauthorized");
  await client.post("/auth/refresh", { refresh_token: third.refresh_token }).isRefused(401, "unauthorized");
});
