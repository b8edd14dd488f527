import { describe, expect, it } from "vitest";
import { ask } from "../../admin/admin.ts";
import { appWith, bindings, post, servicesWith } from "../../worker/apps.ts";
import { type Answer, api, register, sql } from "../../worker/client.ts";
import { expectError, from, login, newAddress, PASSWORD, refresh, tokensIn } from "../../worker/people.ts";
import { dataOf, enrol, newClass, newTeacher } from "../assignments/class.ts";
import { csvOf, newPupils, type Pupil, pupilsIn, resetPassword, sendCsv, sendRows, someRows } from "./rosters.ts";

const UNKNOWN = "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001";
const CHOSEN = "Chosen456!";

const signIn = ({ username, password }: Pick<Pupil, "username" | "password">, address?: string) =>
  login({ username, password }, address);

type Stored = { password_hash: string | null; first_password_key: string | null };

async function stored({ student_id }: Pupil): Promise<Stored> {
  const [row] = await sql<Stored>("select password_hash, first_password_key from users where id = $1", [student_id]);
  if (!row) throw new Error("no such pupil");
  return row;
}

async function onePupil() {
  const to = await newClass();
  const [pupil] = await newPupils(to, 1);
  if (!pupil) throw new Error("no pupil");
  return { to, pupil };
}

describe("a class of 30 from a CSV", () => {
  it("signs in from one address, all at once and once more: nobody is refused", async () => {
    const pupils = pupilsIn(await sendCsv(await newClass(), csvOf(someRows(30))));
    const address = newAddress();
    for (const _ of ["first", "again"]) {
      const answers = await Promise.all(pupils.map((pupil) => signIn(pupil, address)));
      expect(answers.map((answer) => tokensIn(answer).user.username)).toEqual(pupils.map(({ username }) => username));
    }
  });
});

describe("a first password", () => {
  it("lets in however a child types it and the username, at every sign-in", async () => {
    const { pupil } = await onePupil();
    const typed = [pupil.password, pupil.password.toUpperCase(), pupil.password.replaceAll("-", " "), pupil.password];
    for (const password of typed) {
      const { user } = tokensIn(await signIn({ username: pupil.username.toUpperCase(), password }));
      expect(user).toMatchObject({ id: pupil.student_id, email: null, role: "STUDENT", username: pupil.username });
    }
  });

  it("has no hash until it is used, and from then on an Argon2id one", async () => {
    const { pupil } = await onePupil();
    const before = await stored(pupil);
    expect(before).toEqual({
      password_hash: null,
      first_password_key: expect.stringMatching(/^[0-9a-f]{8}\.[0-9a-f]{24}$/),
    });
    expectError(await signIn({ ...pupil, password: "wrong-wrong-000" }), 401, "unauthorized");
    expect(await stored(pupil)).toEqual(before);
    tokensIn(await signIn(pupil));
    const after = await stored(pupil);
    expect(after).toEqual({ ...before, password_hash: expect.stringMatching(/^\$argon2id\$/) });
    tokensIn(await signIn(pupil));
    expect(await stored(pupil)).toEqual(after);
  });

  it("lets in all who use it for the first time at once", async () => {
    const { pupil } = await onePupil();
    const answers = await Promise.all([1, 2, 3, 4].map(() => signIn(pupil)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  it("is refused in the words and with the work of any other that is wrong: one hash", async () => {
    const { pupil } = await onePupil();
    const services = servicesWith({});
    let hashes = 0;
    const { check, compare, hash } = services.passwords;
    const counted =
      <Input extends unknown[], Output>(work: (...input: Input) => Output) =>
      (...input: Input) => {
        hashes += 1;
        return work(...input);
      };
    const passwords = { check: counted(check), compare: counted(compare), hash: counted(hash) };
    const app = appWith({}, { ...services, passwords });
    const attempt = async (username: string, password: string) => {
      hashes = 0;
      const answer = await post(app, "/auth/login", { username, password });
      return { hashes, error: expectError(answer, 401, "unauthorized") };
    };
    const unused = await attempt(pupil.username, "wrong-wrong-000");
    expect(unused.hashes).toBe(1);
    expect(await attempt("nobody.at.all", pupil.password)).toEqual(unused);
    expect(await attempt(pupil.username, "-")).toEqual(unused);
    tokensIn(await signIn(pupil));
    expect(await attempt(pupil.username, "wrong-wrong-000")).toEqual(unused);
  });

  it("goes on when the server's secret is replaced, and without the old one as long as it was used once", async () => {
    const { to } = await onePupil();
    const [used, unused] = await newPupils(to, 2);
    if (!used || !unused) throw new Error("no pupils");
    const [old] = String(bindings.TOKEN_SECRET).split(",");
    const next = "a newer secret that has 32 characters and some more";
    const rotated = appWith({ TOKEN_SECRET: `${next},${old}` });
    tokensIn(await post(rotated, "/auth/login", { username: used.username, password: used.password }));
    const withdrawn = appWith({ TOKEN_SECRET: next });
    tokensIn(await post(withdrawn, "/auth/login", { username: used.username, password: used.password }));
    const refused = await post(withdrawn, "/auth/login", { username: unused.username, password: unused.password });
    expectError(refused, 401, "unauthorized");
    const reset = await withdrawn.request(`/api/v1/classrooms/${to.id}/students/${unused.student_id}/password`, {
      method: "POST",
      headers: { Authorization: `Bearer ${to.teacher.token}` },
    });
    const { data } = await reset.json<{ data: Pupil }>();
    tokensIn(await post(withdrawn, "/auth/login", { username: unused.username, password: data.password }));
  });

  it("is gone for good once the pupil has chosen another", async () => {
    const { to, pupil } = await onePupil();
    const { access_token: token } = tokensIn(await signIn(pupil));
    const change = (current_password: string) =>
      api("POST", "/users/me/password", {
        token,
        body: { current_password, new_password: CHOSEN },
        headers: from(newAddress()),
      });
    expectError(await change("wrong-wrong-000"), 422, "validation_error");
    dataOf(await change(pupil.password.replaceAll("-", " ")));
    expect(await stored(pupil)).toMatchObject({ first_password_key: null });
    expectError(await signIn(pupil), 401, "unauthorized");
    tokensIn(await signIn({ ...pupil, password: CHOSEN }));
    const [again] = pupilsIn(await sendRows(to, [{ ...pupil, grade_level: 5 }]));
    expect(again).toMatchObject({ student_id: pupil.student_id, action: "none", password: null });
  });

  it("is gone too where an admin gives the account another, and stays out of the audit log", async () => {
    const { pupil } = await onePupil();
    const { first_password_key: key } = await stored(pupil);
    dataOf(await ask("POST", `/users/${pupil.student_id}/password`, { new_password: CHOSEN }));
    expectError(await signIn(pupil), 401, "unauthorized");
    tokensIn(await signIn({ ...pupil, password: CHOSEN }));
    const told = await sql<{ before: unknown; after: Record<string, unknown> }>(
      "select before, after from audit_log where entity = 'users' and entity_id = $1",
      [pupil.student_id],
    );
    expect(told).toHaveLength(1);
    expect(told[0]?.after).toMatchObject({ password: "changed" });
    expect(JSON.stringify(told)).not.toContain(key);
    expect(JSON.stringify(told)).not.toContain("first_password_key");
  });
});

describe("a teacher's reset of a pupil's password", () => {
  it("gives a new first password, ends the old one and all sign-ins with it, as often as it is made", async () => {
    const { to, pupil } = await onePupil();
    const old = tokensIn(await signIn(pupil));
    const reset = dataOf(await resetPassword(to, pupil.student_id, to.teacher));
    const { student_id, full_name, username } = pupil;
    expect(reset).toEqual({
      student_id,
      full_name,
      username,
      password: expect.stringMatching(/^[a-z]+-[a-z]+-\d{3}$/),
    });
    expect(reset.password).not.toBe(pupil.password);
    expectError(await refresh(old.refresh_token), 401, "unauthorized");
    expectError(await signIn(pupil), 401, "unauthorized");
    tokensIn(await signIn(reset));
    const [again] = pupilsIn(await sendRows(to, [{ ...pupil, grade_level: 5 }]));
    expect(again?.password).toBe(reset.password);
    const third = dataOf(await resetPassword(to, pupil.student_id, to.teacher));
    expect(third.password).not.toBe(reset.password);
  });

  it("helps who has forgotten a password of their own", async () => {
    const { to, pupil } = await onePupil();
    dataOf(await ask("POST", `/users/${pupil.student_id}/password`, { new_password: CHOSEN }));
    const reset = dataOf(await resetPassword(to, pupil.student_id, to.teacher));
    expectError(await signIn({ ...pupil, password: CHOSEN }), 401, "unauthorized");
    tokensIn(await signIn(reset));
  });

  it("is not for who signs in by e-mail, who keeps the password and the sign-ins", async () => {
    const [to, student] = [await newClass(), await register()];
    await enrol(to, student);
    expectError(await resetPassword(to, student.id, to.teacher), 409, "conflict");
    tokensIn(await login({ email: student.email, password: PASSWORD }));
    const ended = await sql("select 1 from refresh_families where user_id = $1 and ended_at is not null", [student.id]);
    expect(ended).toEqual([]);
  });

  it("is for the teachers of a class and the pupils in it alone", async () => {
    const { to, pupil } = await onePupil();
    const other = await newClass();
    const colleague = await newTeacher();
    const body = { email: colleague.email };
    dataOf(await api("POST", `/classrooms/${to.id}/teachers`, { token: to.teacher.token, body }));
    const refused: [Promise<Answer>, number, string][] = [
      [resetPassword(to, pupil.student_id, other.teacher), 403, "forbidden"],
      [resetPassword(other, pupil.student_id, other.teacher), 404, "not_found"],
      [resetPassword(other, pupil.student_id, to.teacher), 403, "forbidden"],
      [resetPassword(to, UNKNOWN, to.teacher), 404, "not_found"],
      [resetPassword({ id: UNKNOWN }, pupil.student_id, to.teacher), 404, "not_found"],
      [resetPassword(to, "1", to.teacher), 400, "validation_error"],
    ];
    for (const [answer, status, code] of refused) expectError(await answer, status, code);
    tokensIn(await signIn(pupil));
    const reset = dataOf(await resetPassword(to, pupil.student_id, colleague));
    const removal = `/classrooms/${to.id}/students/${pupil.student_id}`;
    dataOf(await api("DELETE", removal, { token: to.teacher.token }));
    expectError(await resetPassword(to, pupil.student_id, to.teacher), 404, "not_found");
    dataOf(await api("PATCH", `/classrooms/${to.id}`, { token: to.teacher.token, body: { archived: true } }));
    expectError(await resetPassword(to, pupil.student_id, to.teacher), 409, "conflict");
    tokensIn(await signIn(reset));
  });
});
