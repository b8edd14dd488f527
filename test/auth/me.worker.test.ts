import { describe, expect, it } from "vitest";
import type { Services } from "../../src/services.ts";
import { appWith } from "../worker/apps.ts";
import { api, sql } from "../worker/client.ts";
import {
  expectError,
  expectFaults,
  from,
  login,
  newAddress,
  newPerson,
  PASSWORD,
  refresh,
  tokensIn,
} from "../worker/people.ts";
import { okReply, userReply } from "../worker/shapes.ts";

const NEW_PASSWORD = "Better456!";

const patch = (token: string, body: object) => api("PATCH", "/users/me", { token, body });

const changePassword = (token: string, current_password: string, new_password = NEW_PASSWORD) =>
  api("POST", "/users/me/password", { token, body: { current_password, new_password }, headers: from(newAddress()) });

describe("GET /users/me", () => {
  it("is the caller's account", async () => {
    const { access_token, user } = await newPerson({ grade_level: 3, school: "Hilltop School" });
    const answer = await api("GET", "/users/me", { token: access_token });
    expect(answer.status).toBe(200);
    expect(userReply.parse(answer.json()).data).toEqual(user);
  });

  it("needs a token", async () => {
    expectError(await api("GET", "/users/me"), 401, "unauthorized");
  });

  it("is 401 for an account that is gone or deactivated since", async () => {
    const [deactivated, gone] = [await newPerson(), await newPerson()];
    await sql("update users set is_active = false where id = $1", [deactivated.user.id]);
    await sql("delete from users where id = $1", [gone.user.id]);
    for (const { access_token: token } of [deactivated, gone]) {
      expectError(await api("GET", "/users/me", { token }), 401, "unauthorized");
      expectError(await patch(token, { school: "x" }), 401, "unauthorized");
      expectError(await changePassword(token, PASSWORD), 401, "unauthorized");
    }
  });
});

describe("PATCH /users/me", () => {
  it.each([
    ["full_name", { full_name: " Samira Student " }, { full_name: "Samira Student" }],
    ["school", { school: "Hilltop" }, { profile: { grade_level: 5, school: "Hilltop" } }],
    ["an empty school as none", { school: " " }, { profile: { grade_level: 5, school: null } }],
    ["grade_level", { grade_level: -1 }, { profile: { grade_level: -1, school: "Old" } }],
    ["time_zone", { time_zone: "Europe/Paris" }, { time_zone: "Europe/Paris" }],
    ["null as none", { grade_level: null, school: null }, { profile: { grade_level: null, school: null } }],
    ["nothing", {}, {}],
    ["nothing that it does not know", { role: "ADMIN", email: "x@example.com", plan: "PREMIUM", is_active: false }, {}],
  ])("changes %s and nothing else", async (_, change, expected) => {
    const { access_token: token, user } = await newPerson({ grade_level: 5, school: "Old" });
    const answer = await patch(token, change);
    expect(answer.status, answer.text).toBe(200);
    expect(userReply.parse(answer.json()).data).toEqual({ ...user, ...expected });
    expect((await api("GET", "/users/me", { token })).json().data).toEqual({ ...user, ...expected });
  });

  it("takes a time zone away again", async () => {
    const { access_token: token } = await newPerson();
    await patch(token, { time_zone: "UTC" });
    expect((await patch(token, { time_zone: null })).json().data.time_zone).toBeNull();
  });

  it("keeps a time zone as it is written, however it was typed", async () => {
    const { access_token } = await newPerson();
    const { time_zone } = (await patch(access_token, { time_zone: "europe/PARIS" })).json().data;
    expect(time_zone).toBe("Europe/Paris");
  });

  it.each(["America/New_York", "Asia/Kolkata", "UTC", "Etc/GMT+5"])("takes the time zone %s", async (time_zone) => {
    const { access_token } = await newPerson();
    expect((await patch(access_token, { time_zone })).json().data.time_zone).toBe(time_zone);
  });

  it.each([
    ["a time zone that there is not", { time_zone: "Mars/Olympus" }, ["time_zone"]],
    ["an offset in place of a time zone", { time_zone: "+05:00" }, ["time_zone"]],
    ["an empty time zone", { time_zone: "" }, ["time_zone"]],
    ["an empty name", { full_name: " " }, ["full_name"]],
    ["no name", { full_name: null }, ["full_name"]],
    ["a grade above 12", { grade_level: 13 }, ["grade_level"]],
    ["a grade as text", { grade_level: "5" }, ["grade_level"]],
    ["a school of 201 characters", { school: "x".repeat(201) }, ["school"]],
  ])("refuses %s", async (_, change, paths) => {
    const { access_token } = await newPerson();
    expectFaults(await patch(access_token, change), ...paths);
  });

  it("gives a grade to students only", async () => {
    const { access_token: token } = await newPerson({ role: "PARENT" });
    expectFaults(await patch(token, { grade_level: 5 }), "grade_level");
    expect((await patch(token, { grade_level: null, school: "Hilltop" })).status).toBe(200);
  });

  it("needs a token", async () => {
    expectError(await api("PATCH", "/users/me", { body: {} }), 401, "unauthorized");
  });
});

describe("a student's practice", () => {
  /** Whose objects are told while this person changes this. */
  async function toldOf(person: { access_token: string }, change: object): Promise<string[]> {
    const told: string[] = [];
    const students = { getByName: (name: string) => ({ updateProfile: async () => told.push(name) }) };
    await changeWith(students, person, change);
    return told;
  }

  async function changeWith(students: object, { access_token: token }: { access_token: string }, change: object) {
    // A namespace of objects has more to it, of which a change of the profile takes nothing.
    const app = appWith({}, { students: students as unknown as Services["students"] });
    const answer = await app.request("/api/v1/users/me", {
      method: "PATCH",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
      body: JSON.stringify(change),
    });
    expect(answer.status).toBe(200);
  }

  it("is told of another grade or time zone, whoever practises", async () => {
    const person = await newPerson({ grade_level: 5 });
    expect(await toldOf(person, { grade_level: 7, time_zone: "Europe/Paris" })).toEqual([person.user.id]);
    const parent = await newPerson({ role: "PARENT" });
    expect(await toldOf(parent, { time_zone: "Europe/Paris" })).toEqual([parent.user.id]);
  });

  it("is not told of what does not concern it", async () => {
    expect(await toldOf(await newPerson(), { full_name: "Samira", school: "Hilltop" })).toEqual([]);
  });

  it("that cannot be told keeps nobody from a change", async () => {
    const students = { getByName: () => ({ updateProfile: () => Promise.reject(new Error("away")) }) };
    await changeWith(students, await newPerson(), { time_zone: "Europe/Paris" });
  });
});

describe("POST /users/me/password", () => {
  it("makes the new password the only one", async () => {
    const { email, access_token } = await newPerson();
    const answer = await changePassword(access_token, PASSWORD);
    expect(answer.status, answer.text).toBe(200);
    expect(okReply.parse(answer.json())).toEqual({ data: { ok: true } });
    expectError(await login({ email, password: PASSWORD }), 401, "unauthorized");
    tokensIn(await login({ email, password: NEW_PASSWORD }));
  });

  it("ends every other sign-in of the user, and neither this one nor anybody else's", async () => {
    const here = await newPerson();
    const elsewhere = tokensIn(await login({ email: here.email, password: PASSWORD }));
    const somebody = await newPerson();
    await changePassword(here.access_token, PASSWORD);
    expectError(await refresh(elsewhere.refresh_token), 401, "unauthorized");
    tokensIn(await refresh(here.refresh_token));
    tokensIn(await refresh(somebody.refresh_token));
  });

  it("knows this sign-in by a refreshed access token too", async () => {
    const first = await newPerson();
    const { access_token, refresh_token } = tokensIn(await refresh(first.refresh_token));
    await changePassword(access_token, PASSWORD);
    tokensIn(await refresh(refresh_token));
  });

  it("refuses a wrong current password as that field's fault, and changes nothing", async () => {
    const { email, access_token } = await newPerson();
    const elsewhere = tokensIn(await login({ email, password: PASSWORD }));
    expectFaults(await changePassword(access_token, "Wrong123!"), "current_password");
    tokensIn(await login({ email, password: PASSWORD }));
    tokensIn(await refresh(elsewhere.refresh_token));
  });

  it("makes one change of two at once", async () => {
    const { email, access_token } = await newPerson();
    const answers = await Promise.all([
      changePassword(access_token, PASSWORD, "First123!"),
      changePassword(access_token, PASSWORD, "Second123!"),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422]);
    const kept = answers[0].status === 200 ? "First123!" : "Second123!";
    tokensIn(await login({ email, password: kept }));
  });

  it("asks of the new password what registration asks", async () => {
    const { access_token } = await newPerson();
    expectFaults(await changePassword(access_token, PASSWORD, "short"), "new_password");
  });

  it("needs a token", async () => {
    const body = { current_password: PASSWORD, new_password: NEW_PASSWORD };
    expectError(await api("POST", "/users/me/password", { body }), 401, "unauthorized");
  });
});

describe("no reply about an account", () => {
  it("holds a password or its hash, whatever the outcome", async () => {
    const { access_token: token, email } = await newPerson();
    const replies = [
      await api("GET", "/users/me", { token }),
      await patch(token, { school: "Hilltop" }),
      await patch(token, { grade_level: 99 }),
      await changePassword(token, "Wrong123!"),
      await changePassword(token, PASSWORD, "short"),
      await changePassword(token, PASSWORD),
      await login({ email, password: PASSWORD }),
      await login({ email, password: NEW_PASSWORD }),
    ];
    for (const { text } of replies) {
      expect(text).not.toMatch(/argon2|\$v=19|password_?hash/i);
      for (const password of [PASSWORD, NEW_PASSWORD, "Wrong123!"]) expect(text).not.toContain(password);
    }
  });
});
