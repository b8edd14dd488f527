import { describe, expect, it } from "vitest";
import { api, sql } from "../worker/client.ts";
import { expectError, from, login, newAddress, newPerson, PASSWORD, refresh, tokensIn } from "../worker/people.ts";

/**
 * Runs statements in one transaction that stays open for a while, and resolves once it has done them, so that what is
 * asked then meets its locks. On the embedded Postgres, which has one connection, it comes one after the other, to the same end.
 */
async function slowly(statements: string): Promise<{ done: Promise<unknown> }> {
  const name = crypto.randomUUID();
  let isDone = false;
  const done = sql(`do $$ begin ${statements} perform pg_sleep(0.4); end $$ -- ${name}`).finally(() => {
    isDone = true;
  });
  const asleep = "select 1 as one from pg_stat_activity where wait_event = 'PgSleep' and query like '%' || $1";
  while (!isDone && (await sql(asleep, [name])).length === 0);
  return { done };
}

const changePassword = (token: string) =>
  api("POST", "/users/me/password", {
    token,
    body: { current_password: PASSWORD, new_password: "Better456!" },
    headers: from(newAddress()),
  });

describe("of two at once", () => {
  it("a parent that waits for its successor's refresh sees it and ends the family", async () => {
    const { refresh_token: parent, user } = await newPerson();
    const child = tokensIn(await refresh(parent)).refresh_token;
    const successorUsed = await slowly(`update refresh_families set used_generation = 1 where user_id = '${user.id}';`);
    expectError(await refresh(parent), 401, "unauthorized");
    await successorUsed.done;
    expectError(await refresh(child), 401, "unauthorized");
  });

  it("a successor that waits for its parent's refresh goes on from it", async () => {
    const { refresh_token: parent, user } = await newPerson();
    const child = tokensIn(await refresh(parent)).refresh_token;
    const parentUsed = await slowly(`update refresh_families set used_generation = 0 where user_id = '${user.id}';`);
    const grandchild = tokensIn(await refresh(child)).refresh_token;
    await parentUsed.done;
    tokensIn(await refresh(grandchild));
  });

  it("a refresh that waits for the end of its family is refused", async () => {
    const { refresh_token, user } = await newPerson();
    const ended = await slowly(`update refresh_families set ended_at = now() where user_id = '${user.id}';`);
    expectError(await refresh(refresh_token), 401, "unauthorized");
    await ended.done;
  });

  it("a sign-in that waits for a change of the password is refused", async () => {
    const { email, user } = await newPerson();
    const changed = await slowly(`update users set password_hash = 'another' where id = '${user.id}';`);
    expectError(await login({ email, password: PASSWORD }), 401, "unauthorized");
    await changed.done;
  });

  it("a change of the password that waits for a sign-in with the old one ends it", async () => {
    const { access_token, user } = await newPerson();
    const familyId = crypto.randomUUID();
    const signedIn = await slowly(`
      insert into refresh_families (id, user_id, secret_id, expires_at)
      select '${familyId}', id, 'x', now() + interval '1 day' from users where id = '${user.id}' for share;`);
    expect((await changePassword(access_token)).status).toBe(200);
    await signedIn.done;
    const live = await sql<{ id: string }>("select id from refresh_families where user_id = $1 and ended_at is null", [
      user.id,
    ]);
    expect(live).toHaveLength(1);
    expect(live[0]?.id).not.toBe(familyId);
  });

  it("a change of the password is made once, whoever waits for whom", async () => {
    const { access_token } = await newPerson();
    const answers = await Promise.all([1, 2, 3, 4].map(() => changePassword(access_token)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422, 422, 422]);
  });
});
