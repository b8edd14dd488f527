import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { expect, inject, test } from "vitest";
import { z } from "zod";
import { newStudent, PASSWORD } from "./practice.ts";
import { faultsShape, okShape, sessionShape, tokensShape, userShape } from "./shapes.ts";
import { newClient } from "./transcript.ts";

test("every error has the one envelope and its status", async () => {
  const anyone = newClient();
  await anyone.get("/nothing").isRefused(404, "not_found");
  await anyone.get("~/nothing").isRefused(404, "not_found");
  await anyone.get("/auth/login").isRefused(405, "method_not_allowed");
  await anyone.get("/subjects", { headers: { Accept: "text/html" } }).isRefused(406, "not_acceptable");
  await anyone.post("/auth/login", "{").isRefused(400, "validation_error");
  await anyone.post("/auth/login", "[]").isRefused(422, "validation_error");
  await anyone
    .post("/auth/login", "email=a", { headers: { "Content-Type": "text/plain" } })
    .isRefused(415, "unsupported_media_type");
  await anyone.post("/auth/login", { email: "x".repeat(300 * 1024) }).isRefused(413, "payload_too_large");
  await anyone.get("/users/me").isRefused(401, "unauthorized");
});

test("a body that breaks its schema is 422 and says where; a path id that is none is 400", async () => {
  const student = await newStudent();
  const { error } = await student.post("/practice/sessions", { skill_id: "one" }).isRefused(422, "validation_error");
  expect(faultsShape.parse(error.details)).toMatchObject([{ path: "skill_id" }]);
  await student.post("/practice/sessions", { skill_id: 2_147_483_647 }).isRefused(404, "not_found");
  await student.get("/practice/sessions/1").isRefused(400, "validation_error");
  await student.post("/practice/sessions/1/finish").isRefused(400, "validation_error");
  const { id } = await student.post("/practice/sessions", { skill_id: 1 }).hears(sessionShape);
  for (const time_spent_sec of [-1, 3601, "5"]) {
    const body = { question_id: 1, submitted_answer: { choice: "A" }, time_spent_sec };
    await student.post(`/practice/sessions/${id}/submit`, body).isRefused(422, "validation_error");
  }
});

test("another student's session is not found", async () => {
  const { id } = await (await newStudent()).post("/practice/sessions", { skill_id: 1 }).hears(sessionShape);
  const other = await newStudent();
  const body = { question_id: 1, submitted_answer: { choice: "A" }, time_spent_sec: 1 };
  await other.get(`/practice/sessions/${id}`).isRefused(404, "not_found");
  await other.post(`/practice/sessions/${id}/submit`, body).isRefused(404, "not_found");
  await other.post(`/practice/sessions/${id}/next`, {}).isRefused(404, "not_found");
  await other.post(`/practice/sessions/${id}/heartbeat`, {}).isRefused(404, "not_found");
  await other.post(`/practice/sessions/${id}/finish`).isRefused(404, "not_found");
});

test("nobody registers as TEACHER or ADMIN, and passwords have their rules", async () => {
  const anyone = newClient();
  const account = { email: "new@example.com", password: PASSWORD, full_name: "New" };
  for (const role of ["TEACHER", "ADMIN"]) {
    await anyone.post("/auth/register", { ...account, role }).isRefused(403, "forbidden");
  }
  for (const password of ["Short1", "nouppercase1", "NOLOWERCASE1", "NoDigitHere", `${"Long1".repeat(25)}Long`]) {
    const { error } = await anyone.post("/auth/register", { ...account, password }).isRefused(422, "validation_error");
    expect(faultsShape.parse(error.details)).toMatchObject([{ path: "password" }]);
  }
});

test("a wrong password and an unknown name hear the same", async () => {
  const { email } = await newStudent();
  const anyone = newClient();
  const wrong = await anyone.post("/auth/login", { email, password: "Wrong123!" }).isRefused(401, "unauthorized");
  const unknown = await anyone
    .post("/auth/login", { username: "nobody-of-this-name", password: PASSWORD })
    .isRefused(401, "unauthorized");
  expect(unknown.error).toEqual(wrong.error);
});

test("one's own account is read and changed, and its password ends every other sign-in", async () => {
  const student = await newStudent();
  const email = student.email;
  const elsewhere = await newClient().post("/auth/login", { email, password: PASSWORD }).hears(tokensShape);
  const changes = { full_name: "New Name", school: "Hilltop", grade_level: 6, time_zone: "Europe/Paris" };
  expect(await student.patch("/users/me", changes).hears(userShape)).toMatchObject({
    full_name: "New Name",
    time_zone: "Europe/Paris",
    profile: { grade_level: 6, school: "Hilltop" },
  });
  const passwords = { current_password: PASSWORD, new_password: "Better456!" };
  await student.post("/users/me/password", passwords).hears(okShape);
  await newClient().post("/auth/refresh", { refresh_token: elsewhere.refresh_token }).isRefused(401, "unauthorized");
  await newClient().post("/auth/login", { email, password: "Better456!" }).hears(tokensShape);
});

test("the published keys verify an access token", async () => {
  const { token = "" } = await newStudent();
  const key = z.strictObject({
    kty: z.literal("OKP"),
    crv: z.literal("Ed25519"),
    x: z.string(),
    kid: z.string(),
    alg: z.literal("EdDSA"),
    use: z.literal("sig"),
  });
  const { status, text } = await newClient().get("~/.well-known/jwks.json").reply();
  expect(status).toBe(200);
  const keys: JSONWebKeySet = z.strictObject({ keys: z.array(key).min(1).max(2) }).parse(JSON.parse(text));
  await expect(jwtVerify(token, createLocalJWKSet(keys))).resolves.toBeDefined();
});

test("too many sign-ins are 429, and the headers say how long to wait", async () => {
  const impatient = newClient();
  const body = { email: `${crypto.randomUUID()}@example.com`, password: "Wrong123!" };
  const statuses: number[] = [];
  let refused = await impatient.post("/auth/login", body).reply();
  for (let tries = 1; tries < 25 && refused.status !== 429; tries += 1) {
    statuses.push(refused.status);
    refused = await impatient.post("/auth/login", body).reply();
  }
  expect(new Set(statuses)).toEqual(new Set([401]));
  expect(refused.status).toBe(429);
  expect(JSON.parse(refused.text).error.code).toBe("rate_limited");
  expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
  expect(refused.headers.get("RateLimit")).toMatch(/"sign-in";r=0;t=\d+/);
  expect(refused.headers.get("RateLimit-Policy")).toMatch(/"sign-in";q=10;w=60/);
});

test("pages of any origin may read what matters, without credentials", async () => {
  const { headers } = await newClient()
    .get("/subjects", { headers: { Origin: "https://school.test" } })
    .reply();
  expect(headers.get("Access-Control-Allow-Origin")).toBe("*");
  expect(headers.get("Access-Control-Allow-Credentials")).toBeNull();
  const exposed = (headers.get("Access-Control-Expose-Headers") ?? "").split(",").map((name) => name.trim());
  expect(exposed.sort()).toEqual([
    "Content-Disposition",
    "ETag",
    "Idempotent-Replayed",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "X-Request-Id",
  ]);
});

test("a request id is made where none is sent", async () => {
  const { headers } = await fetch(`${inject("baseUrl")}/health`);
  expect(headers.get("X-Request-Id")).toMatch(/^[\w-]{8,}$/);
});

test("the service and what it needs answer", async () => {
  const anyone = newClient();
  await anyone.get("~/health").hears(z.strictObject({ status: z.literal("ok") }));
  await anyone.get("~/ready").hears(z.strictObject({ postgres: z.literal("up"), redis: z.literal("up") }));
});
