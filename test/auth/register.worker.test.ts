import { describe, expect, it } from "vitest";
import { api, sql } from "../worker/client.ts";
import {
  expectError,
  expectFaults,
  from,
  login,
  newAddress,
  newEmail,
  newPerson,
  PASSWORD,
  tokensIn,
} from "../worker/people.ts";

const register = (fields: Record<string, unknown> = {}, address = newAddress()) =>
  api("POST", "/auth/register", {
    body: { email: newEmail(), password: PASSWORD, full_name: "Sam Student", ...fields },
    headers: from(address),
  });

describe("POST /auth/register", () => {
  it("makes a student with a profile and signs them in", async () => {
    const email = newEmail();
    const { user } = tokensIn(await register({ email, grade_level: 5, school: "Hilltop School" }));
    expect(user).toEqual({
      id: user.id,
      email,
      username: null,
      full_name: "Sam Student",
      role: "STUDENT",
      is_active: true,
      time_zone: null,
      profile: { grade_level: 5, school: "Hilltop School" },
      subscription: { plan: "FREE", is_active: true },
    });
  });

  it("gives a student a profile even where nothing of it is known", async () => {
    expect(tokensIn(await register()).user.profile).toEqual({ grade_level: null, school: null });
  });

  it("makes a parent, who has no profile unless something of it is set", async () => {
    expect(tokensIn(await register({ role: "PARENT" })).user).toMatchObject({ role: "PARENT", profile: null });
    const { user } = tokensIn(await register({ role: "PARENT", school: "Hilltop School" }));
    expect(user.profile).toEqual({ grade_level: null, school: "Hilltop School" });
  });

  it("gives an access token that works at once", async () => {
    const { access_token, user } = await newPerson();
    const me = await api("GET", "/users/me", { token: access_token });
    expect(me.json().data).toEqual(user);
  });

  it.each(["TEACHER", "ADMIN"])("refuses to make a %s", async (role) => {
    expectError(await register({ role }), 403, "forbidden");
  });

  it("refuses an e-mail that is taken, in whatever case and with whatever space around it", async () => {
    const { email } = await newPerson();
    expectError(await register({ email }), 409, "conflict");
    expectError(await register({ email: ` ${email.toUpperCase()} ` }), 409, "conflict");
  });

  it("makes one account of two registrations at once", async () => {
    const email = newEmail();
    const answers = await Promise.all([1, 2, 3].map(() => register({ email })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
  });

  it("keeps a name as it is typed, in any script, without the space around it", async () => {
    const { user } = tokensIn(await register({ full_name: "  Žofia O’Nël 李 " }));
    expect(user.full_name).toBe("Žofia O’Nël 李");
  });

  it("does not repeat itself for an Idempotency-Key, which clients send with everything", async () => {
    const headers = { ...from(newAddress()), "Idempotency-Key": "one-per-page-load" };
    const ids = new Set<string>();
    for (const email of [newEmail(), newEmail()]) {
      const body = { email, password: PASSWORD, full_name: "Sam" };
      ids.add(tokensIn(await api("POST", "/auth/register", { body, headers })).user.id);
    }
    expect(ids.size).toBe(2);
  });

  it("keeps the password as an Argon2id hash and the token as a SHA-256, and replies with neither", async () => {
    const email = newEmail();
    const answer = await register({ email });
    const { refresh_token, user } = tokensIn(answer);
    const [row] = await sql<Record<string, string>>("select password_hash from users where id = $1", [user.id]);
    expect(row?.password_hash).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$/);
    expect(answer.text).not.toContain("argon2");
    expect(answer.text).not.toContain(PASSWORD);
    const stored = await sql("select 1 from refresh_tokens where token_hash = $1", [refresh_token]);
    expect(stored).toEqual([]);
  });

  it("lets nobody keep a reply that carries credentials", async () => {
    expect((await register()).headers.get("Cache-Control")).toBe("no-store");
  });
});

describe("what POST /auth/register takes", () => {
  it.each([
    ["no e-mail", { email: undefined }, ["email"]],
    ["what is no e-mail", { email: "sam" }, ["email"]],
    ["an e-mail of 255 characters", { email: `${"a".repeat(243)}@example.com` }, ["email"]],
    ["a password of 7 characters", { password: "Abcdef1" }, ["password"]],
    ["a password of 129 characters", { password: `Aa1${"x".repeat(126)}` }, ["password"]],
    ["a password without upper case", { password: "password123" }, ["password"]],
    ["a password without lower case", { password: "PASSWORD123" }, ["password"]],
    ["a password without a digit", { password: "Passwordabc" }, ["password"]],
    ["an empty name", { full_name: "   " }, ["full_name"]],
    ["a name of 121 characters", { full_name: "x".repeat(121) }, ["full_name"]],
    ["a name on two lines", { full_name: "Sam\nStudent" }, ["full_name"]],
    ["a name with U+0000", { full_name: "Sam\u0000" }, ["full_name"]],
    ["a school of 201 characters", { school: "x".repeat(201) }, ["school"]],
    ["a grade below Pre-K", { grade_level: -2 }, ["grade_level"]],
    ["a grade above 12", { grade_level: 13 }, ["grade_level"]],
    ["a grade between two", { grade_level: 5.5 }, ["grade_level"]],
    ["a parent's grade", { role: "PARENT", grade_level: 5 }, ["grade_level"]],
    ["a role that there is not", { role: "ROOT" }, ["role"]],
    ["several faults at once", { email: "sam", password: "x", full_name: "" }, ["email", "full_name", "password"]],
  ])("not %s", async (_, fields, paths) => {
    expectFaults(await register(fields), ...paths);
  });

  it.each([
    ["a password of 8 characters", { password: "Abcdefg1" }],
    ["a password of 128 characters that take four bytes each", { password: `Aa1${"😀".repeat(125)}` }],
    ["Pre-K", { grade_level: -1 }],
    ["grade 12", { grade_level: 12 }],
    ["a name of 120 characters", { full_name: "x".repeat(120) }],
    [
      "an e-mail of 254 characters",
      { email: `${crypto.randomUUID()}${"a".repeat(28)}@${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.com` },
    ],
    ["fields that it does not know", { confirm_password: PASSWORD, is_active: false, plan: "PREMIUM" }],
  ])("%s", async (_, fields) => {
    const { user } = tokensIn(await register(fields));
    expect(user).toMatchObject({ is_active: true, subscription: { plan: "FREE" } });
  });

  it("a password that then opens the account, to its last character", async () => {
    const [email, password] = [newEmail(), `Aa1${"😀".repeat(125)}`];
    tokensIn(await register({ email, password }));
    tokensIn(await login({ email, password }));
    expectError(await login({ email, password: password.slice(0, -2) }), 401, "unauthorized");
  });

  it("only JSON, and only well-formed", async () => {
    const headers = from(newAddress());
    expectError(await api("POST", "/auth/register", { raw: "{", headers }), 400, "validation_error");
    const asText = { ...headers, "Content-Type": "text/plain" };
    expectError(await api("POST", "/auth/register", { raw: "{}", headers: asText }), 415, "unsupported_media_type");
  });
});
