import { describe, expect, it } from "vitest";
import { usePrecompiledArgon2 } from "../../src/auth/argon2/precompiled.ts";
import { createPasswords } from "../../src/auth/passwords.ts";
import { oneAtATime } from "../../src/auth/turns.ts";
import { appWith, post, servicesWith } from "../worker/apps.ts";
import { sql } from "../worker/client.ts";
import { expectError, expectFaults, login, newPerson, PASSWORD, tokensIn } from "../worker/people.ts";

/** Gives an account the username that a teacher would have, and takes its e-mail. */
async function withUsername(userId: string): Promise<string> {
  const username = `sam.${crypto.randomUUID()}`;
  await sql("update users set username = $1, email = null where id = $2", [username, userId]);
  return username;
}

const storedHash = async (userId: string) => {
  const [row] = await sql<{ password_hash: string }>("select password_hash from users where id = $1", [userId]);
  return row?.password_hash;
};

describe("POST /auth/login", () => {
  it("signs in by e-mail, in whatever case", async () => {
    const { email, user } = await newPerson();
    expect(tokensIn(await login({ email, password: PASSWORD })).user).toEqual(user);
    expect(tokensIn(await login({ email: ` ${email.toUpperCase()}`, password: PASSWORD })).user).toEqual(user);
  });

  it("signs in by username, in whatever case, a pupil without e-mail", async () => {
    const { user } = await newPerson();
    const username = await withUsername(user.id);
    const signedIn = tokensIn(await login({ username: username.toUpperCase(), password: PASSWORD }));
    expect(signedIn.user).toEqual({ ...user, email: null, username });
  });

  it("signs in the seeded accounts", async () => {
    const roles = [];
    for (const name of ["admin", "teacher", "student"]) {
      roles.push(tokensIn(await login({ email: `${name}@example.com`, password: PASSWORD })).user.role);
    }
    expect(roles).toEqual(["ADMIN", "TEACHER", "STUDENT"]);
  });

  it("gives each sign-in a family of its own", async () => {
    const { email } = await newPerson();
    const [one, another] = [await login({ email, password: PASSWORD }), await login({ email, password: PASSWORD })];
    expect(tokensIn(one).refresh_token).not.toBe(tokensIn(another).refresh_token);
  });

  it.each([
    ["neither e-mail nor username", { password: PASSWORD }, ["email"]],
    ["both e-mail and username", { email: "a@example.com", username: "a", password: PASSWORD }, ["email"]],
    ["what is no e-mail", { email: "sam", password: PASSWORD }, ["email"]],
    ["no password", { email: "a@example.com" }, ["password"]],
    ["an empty password", { email: "a@example.com", password: "" }, ["password"]],
    ["a password of 1,025 bytes", { email: "a@example.com", password: "x".repeat(1025) }, ["password"]],
    ["a username that Postgres could not read", { username: "a\u0000", password: PASSWORD }, ["username"]],
  ])("refuses %s", async (_, body, paths) => {
    expectFaults(await login(body), ...paths);
  });
});

describe("a sign-in that fails", () => {
  it("says the same of a wrong password, an unknown name and a deactivated account", async () => {
    const { email } = await newPerson();
    const gone = await newPerson();
    await sql("update users set is_active = false where id = $1", [gone.user.id]);
    const errors = [
      expectError(await login({ email, password: "Wrong123!" }), 401, "unauthorized"),
      expectError(await login({ email: "nobody@example.com", password: PASSWORD }), 401, "unauthorized"),
      expectError(await login({ username: "nobody", password: PASSWORD }), 401, "unauthorized"),
      expectError(await login({ email: gone.email, password: PASSWORD }), 401, "unauthorized"),
    ];
    expect(new Set(errors.map((error) => JSON.stringify(error))).size).toBe(1);
  });

  it("takes the same work for all of them: one password check, and nothing stored", async () => {
    const { email } = await newPerson();
    const gone = await newPerson();
    await sql("update users set is_active = false where id = $1", [gone.user.id]);
    const services = servicesWith({});
    let checks = 0;
    const app = appWith(
      {},
      {
        ...services,
        passwords: {
          ...services.passwords,
          check: (...input) => {
            checks += 1;
            return services.passwords.check(...input);
          },
        },
      },
    );
    const before = await sql<{ n: string }>("select count(*) as n from refresh_families");
    await post(app, "/auth/login", { email, password: "Wrong123!" });
    await post(app, "/auth/login", { email: "nobody@example.com", password: PASSWORD });
    await post(app, "/auth/login", { email: gone.email, password: PASSWORD });
    expect(checks).toBe(3);
    expect(await sql("select count(*) as n from refresh_families")).toEqual(before);
  });

  it("names Bearer as the way to prove oneself, as a 401 must", async () => {
    const answer = await login({ email: "nobody@example.com", password: PASSWORD });
    expect(answer.headers.get("WWW-Authenticate")).toBe("Bearer");
  });

  it("stays a 401 where the stored hash is not one", async () => {
    const { email, user } = await newPerson();
    await sql("update users set password_hash = '' where id = $1", [user.id]);
    expectError(await login({ email, password: PASSWORD }), 401, "unauthorized");
  });
});

describe("what a sign-in puts in order", () => {
  it("renews a hash that was made with other parameters, once", async () => {
    const { email, user } = await newPerson();
    const dearer = appWith({ ARGON2_ITERATIONS: "2" });
    tokensIn(await post(dearer, "/auth/login", { email, password: PASSWORD }));
    const renewed = await storedHash(user.id);
    expect(renewed).toMatch(/^\$argon2id\$v=19\$m=64,t=2,p=1\$/);
    tokensIn(await post(dearer, "/auth/login", { email, password: PASSWORD }));
    expect(await storedHash(user.id)).toBe(renewed);
    tokensIn(await login({ email, password: PASSWORD }));
  });

  it("renews no hash for a wrong password", async () => {
    const { email, user } = await newPerson();
    const before = await storedHash(user.id);
    await post(appWith({ ARGON2_ITERATIONS: "2" }), "/auth/login", { email, password: "Wrong123!" });
    expect(await storedHash(user.id)).toBe(before);
  });

  it("drops the user's sign-ins that have expired or ended, and no other", async () => {
    const { email, user } = await newPerson();
    for (const _ of [1, 2]) tokensIn(await login({ email, password: PASSWORD }));
    const families = await sql<{ id: string }>("select id from refresh_families where user_id = $1 order by id", [
      user.id,
    ]);
    const [expired, ended, live] = families.map(({ id }) => id);
    await sql("update refresh_families set expires_at = now() where id = $1", [expired]);
    await sql("update refresh_families set ended_at = now() where id = $1", [ended]);
    tokensIn(await login({ email, password: PASSWORD }));
    const left = await sql<{ id: string }>("select id from refresh_families where user_id = $1", [user.id]);
    expect(left).toHaveLength(2);
    expect(left.map(({ id }) => id)).toContain(live);
  });
});

describe("a storm of sign-ins", () => {
  it("is answered 503 with Retry-After where too many wait to be hashed, and goes on when they are through", async () => {
    const { email } = await newPerson();
    const turns = oneAtATime({ bound: 1, goneAfterMs: 60_000, workGoneAfterMs: 60_000 });
    const params = { memoryKib: 64, iterations: 1 };
    const app = appWith({}, { passwords: createPasswords({ params, turns, prepare: usePrecompiledArgon2 }) });
    let leave = () => {};
    const somebodyElse = turns(() => new Promise<void>((resolve) => (leave = resolve)));
    const refused = await post(app, "/auth/login", { email, password: PASSWORD });
    expectError(refused, 503, "service_unavailable");
    expect(refused.headers.get("Retry-After")).toBe("2");
    leave();
    await somebodyElse;
    tokensIn(await post(app, "/auth/login", { email, password: PASSWORD }));
  });

  it("is served one after the other where the queue has room", async () => {
    const { email } = await newPerson();
    const answers = await Promise.all(Array.from({ length: 20 }, () => login({ email, password: PASSWORD })));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  });
});
