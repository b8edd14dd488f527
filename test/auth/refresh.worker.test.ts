import { describe, expect, it } from "vitest";
import { appWith, bindings, post } from "../worker/apps.ts";
import { api, sql } from "../worker/client.ts";
import { expectError, expectFaults, login, logout, newPerson, PASSWORD, refresh, tokensIn } from "../worker/people.ts";
import { okReply } from "../worker/shapes.ts";

const NEW_SECRET = "a-new-secret-of-at-least-thirty-two-characters";

/** The token's successor, by a refresh that must succeed. */
const successor = async (token: string) => tokensIn(await refresh(token)).refresh_token;

const expectEnded = async (token: string) => expectError(await refresh(token), 401, "unauthorized");

describe("POST /auth/refresh", () => {
  it("gives new tokens for the same user, with what has changed since", async () => {
    const { refresh_token, user } = await newPerson();
    await sql("update users set full_name = 'Samira', plan = 'PREMIUM' where id = $1", [user.id]);
    const renewed = tokensIn(await refresh(refresh_token));
    expect(renewed.refresh_token).not.toBe(refresh_token);
    expect(renewed.user).toEqual({ ...user, full_name: "Samira", subscription: { plan: "PREMIUM", is_active: true } });
    const me = await api("GET", "/users/me", { token: renewed.access_token });
    expect(me.status).toBe(200);
  });

  it("gives the same successor for the same token, ten times for a client that never stores the new one", async () => {
    const { refresh_token } = await newPerson();
    const successors = new Set<string>();
    for (let i = 0; i < 10; i++) successors.add(await successor(refresh_token));
    expect(successors.size).toBe(1);
  });

  it("gives the same successor to refreshes at once", async () => {
    const { refresh_token } = await newPerson();
    const successors = await Promise.all(Array.from({ length: 8 }, () => successor(refresh_token)));
    expect(new Set(successors).size).toBe(1);
  });

  it("goes on from token to token", async () => {
    let { refresh_token } = await newPerson();
    for (let i = 0; i < 5; i++) refresh_token = await successor(refresh_token);
    tokensIn(await refresh(refresh_token));
  });

  it("keeps a parent good until its successor is first used", async () => {
    const { refresh_token: parent } = await newPerson();
    const child = await successor(parent);
    expect(await successor(parent)).toBe(child);
    await successor(child);
    await expectEnded(parent);
  });

  it("ends the whole family when a token is used whose successor has been used", async () => {
    const { refresh_token: first } = await newPerson();
    const second = await successor(first);
    const third = await successor(second);
    await expectEnded(first);
    await expectEnded(second);
    await expectEnded(third);
  });

  it("ends it for any older ancestor", async () => {
    const { refresh_token: first } = await newPerson();
    let newest = first;
    for (let i = 0; i < 4; i++) newest = await successor(newest);
    await expectEnded(first);
    await expectEnded(newest);
  });

  it("ends no other sign-in of the user", async () => {
    const { email, refresh_token: first } = await newPerson();
    const other = tokensIn(await login({ email, password: PASSWORD })).refresh_token;
    await successor(await successor(first));
    await expectEnded(first);
    await successor(other);
  });

  it("serves parent and successor at once as if one had come after the other", async () => {
    const { refresh_token: parent } = await newPerson();
    const child = await successor(parent);
    const [fromParent, fromChild] = await Promise.all([refresh(parent), refresh(child)]);
    const grandchild = tokensIn(fromChild).refresh_token;
    if (fromParent.status === 200) {
      // The parent came first: all is well, and its successor is the one in use.
      expect(tokensIn(fromParent).refresh_token).toBe(child);
      await successor(grandchild);
    } else {
      // The successor came first: the parent was an ancestor used again.
      expectError(fromParent, 401, "unauthorized");
      await expectEnded(grandchild);
    }
  });

  it("lasts 30 days from the sign-in in all, however often it is refreshed", async () => {
    const { refresh_token, user } = await newPerson();
    const lifetime =
      "select extract(epoch from expires_at - created_at)::int as sec from refresh_families where user_id = $1";
    expect(await sql(lifetime, [user.id])).toEqual([{ sec: 2_592_000 }]);
    const child = await successor(refresh_token);
    expect(await sql(lifetime, [user.id])).toEqual([{ sec: 2_592_000 }]);
    await sql("update refresh_families set expires_at = now() where user_id = $1", [user.id]);
    await expectEnded(child);
    await expectEnded(refresh_token);
  });

  it("is refused to a deactivated user", async () => {
    const { refresh_token, user } = await newPerson();
    await sql("update users set is_active = false where id = $1", [user.id]);
    await expectEnded(refresh_token);
  });

  it("is refused to a user who is gone", async () => {
    const { refresh_token, user } = await newPerson();
    await sql("delete from users where id = $1", [user.id]);
    await expectEnded(refresh_token);
  });

  it.each([
    ["one that nobody has", "9PFmP3yN1nCgBq0wVv4u2cW8Q6mX5kz7dJ1rT0sYhLE"],
    ["what is no token", "nonsense"],
    ["an access token", "e30.e30.e30"],
    ["SQL", "' or 1=1 --"],
  ])("is refused for %s", async (_, token) => {
    await expectEnded(token);
  });

  it("says the same of every token that is not good", async () => {
    const { refresh_token: first } = await newPerson();
    await successor(await successor(first));
    const reused = await expectEnded(first);
    expect(await expectEnded("nonsense")).toEqual(reused);
    expect(await expectEnded("9PFmP3yN1nCgBq0wVv4u2cW8Q6mX5kz7dJ1rT0sYhLE")).toEqual(reused);
  });

  it("needs a token in the body", async () => {
    expectFaults(await api("POST", "/auth/refresh", { body: {} }), "refresh_token");
  });

  it("takes no note of an access token that has expired, which is why one comes here", async () => {
    const { refresh_token } = await newPerson();
    tokensIn(await api("POST", "/auth/refresh", { body: { refresh_token }, token: "expired.or.broken" }));
  });
});

describe("a new secret", () => {
  const rotated = () => appWith({ TOKEN_SECRET: `${NEW_SECRET},${bindings.TOKEN_SECRET}` });
  const oldWithdrawn = () => appWith({ TOKEN_SECRET: NEW_SECRET });

  it("leaves a family with the secret that it began with", async () => {
    const { refresh_token } = await newPerson();
    const child = await successor(refresh_token);
    const rotatedChild = tokensIn(await post(rotated(), "/auth/refresh", { refresh_token })).refresh_token;
    expect(rotatedChild).toBe(child);
  });

  it("is known, once it stands second, to those whose turn to derive with it has not come", async () => {
    const { email } = await newPerson();
    const { refresh_token } = tokensIn(await post(rotated(), "/auth/login", { email, password: PASSWORD }));
    const added = appWith({ TOKEN_SECRET: `${bindings.TOKEN_SECRET},${NEW_SECRET}` });
    tokensIn(await post(added, "/auth/refresh", { refresh_token }));
  });

  it("derives the tokens of new sign-ins", async () => {
    const { email } = await newPerson();
    const { refresh_token } = tokensIn(await post(rotated(), "/auth/login", { email, password: PASSWORD }));
    tokensIn(await post(oldWithdrawn(), "/auth/refresh", { refresh_token }));
  });

  it("ends the families of one that is withdrawn", async () => {
    const { refresh_token } = await newPerson();
    expectError(await post(oldWithdrawn(), "/auth/refresh", { refresh_token }), 401, "unauthorized");
  });
});

describe("POST /auth/logout", () => {
  it("ends the sign-in with all of its tokens, and no other", async () => {
    const { email, refresh_token: parent } = await newPerson();
    const other = tokensIn(await login({ email, password: PASSWORD })).refresh_token;
    const child = await successor(parent);
    const answer = await logout(parent);
    expect(answer.status).toBe(200);
    expect(okReply.parse(answer.json())).toEqual({ data: { ok: true } });
    await expectEnded(parent);
    await expectEnded(child);
    await successor(other);
  });

  it("is no error a second time, nor for a token that nobody has", async () => {
    const { refresh_token } = await newPerson();
    for (const token of [refresh_token, refresh_token, "nonsense", "a".repeat(43)]) {
      const answer = await logout(token);
      expect(answer.status).toBe(200);
      expect(okReply.parse(answer.json())).toEqual({ data: { ok: true } });
    }
  });

  it("needs a token in the body", async () => {
    expectFaults(await api("POST", "/auth/logout", { body: {} }), "refresh_token");
  });
});
