import { describe, expect, it } from "vitest";
import { addCoTeacher, by, classOf, linkParent, newPerson as newPersonOf, type Person } from "../classrooms/school.ts";
import { type Account, api, register, signIn, sql } from "../worker/client.ts";
import { expectError, expectFaults, login, newEmail, newPerson, refresh } from "../worker/people.ts";
import { userShape } from "../worker/shapes.ts";
import { admin, ask, dataOf, fresh, madeSkill, numeric, redis, withKey } from "./admin.ts";

const UNKNOWN = "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001";
const PASSWORD = "Password123!";

const teacher = (email = newEmail()) => ({ email, password: PASSWORD, full_name: "Tess Teacher", role: "TEACHER" });

const change = (id: string, body: unknown) => ask("PATCH", `/users/${id}`, body);

const start = ({ token }: Account, skillId: number) =>
  api("POST", "/practice/sessions", { token, body: { skill_id: skillId } });

describe("/admin/users", () => {
  it.each(["STUDENT", "TEACHER", "PARENT", "ADMIN"])(
    "makes a %s, who can sign in, and tells no password",
    async (role) => {
      const body = { ...teacher(), role };
      const answer = await ask("POST", "/users", body);
      expect(dataOf(answer)).toEqual({
        id: expect.any(String),
        email: body.email,
        username: null,
        full_name: "Tess Teacher",
        role,
        is_active: true,
        time_zone: null,
        profile: role === "STUDENT" ? { grade_level: null, school: null } : null,
        subscription: { plan: "FREE", is_active: true },
      });
      expect(answer.text).not.toMatch(/argon2|Password123/);
      const signedIn = await login({ email: body.email, password: PASSWORD });
      expect(signedIn.status).toBe(200);
      expect(dataOf(await ask("GET", `/users/${dataOf(answer).id}`))).toEqual(signedIn.json().data.user);
    },
  );

  it("makes a student with grade, school and plan", async () => {
    const student = { ...teacher(), role: "STUDENT", grade_level: 5, school: "Hilltop", plan: "PREMIUM" };
    expect(dataOf(await ask("POST", "/users", student))).toMatchObject({
      profile: { grade_level: 5, school: "Hilltop" },
      subscription: { plan: "PREMIUM", is_active: true },
    });
  });

  it("makes one account where five equal requests come at once, then too where Redis has lost the key, and anew once it is deleted", async () => {
    const body = teacher();
    const headers = withKey();
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask("POST", "/users", body, headers)));
    for (const { status } of answers) expect([200, 409]).toContain(status);
    expect(await sql("select 1 from users where email = $1", [body.email])).toHaveLength(1);
    await redis("FLUSHDB");
    const { id } = dataOf(await ask("POST", "/users", body, headers));
    expect(await sql("select id from users where email = $1", [body.email])).toEqual([{ id }]);
    dataOf(await ask("DELETE", `/users/${id}`));
    expect(dataOf(await ask("POST", "/users", body, headers)).id).toBe(id);
  });

  it("refuses an e-mail address that is taken, in whatever case", async () => {
    const email = newEmail();
    dataOf(await ask("POST", "/users", teacher(email)));
    expectError(await ask("POST", "/users", teacher(email.toUpperCase())), 409, "conflict");
  });

  it.each([
    ["email", { email: "nobody" }],
    ["password", { password: "short" }],
    ["full_name", { full_name: "" }],
    ["role", { role: "OWNER" }],
    ["grade_level", { grade_level: 5 }],
    ["plan", { plan: "GOLD" }],
  ])("refuses a bad %s: %j", async (field, bad) => {
    expectFaults(await ask("POST", "/users", { ...teacher(), ...bad }), field);
  });

  it("lists the newest first, by role, by activity, and by part of a name or address", async () => {
    const name = fresh("Zoë O%Neil");
    const ids = [];
    for (const role of ["TEACHER", "PARENT", "STUDENT"]) {
      ids.unshift(dataOf(await ask("POST", "/users", { ...teacher(), role, full_name: name })).id);
    }
    await change(ids[0], { is_active: false });
    const list = async (query: string) => (await ask("GET", `/users?${query}`)).json();
    const search = `search=${encodeURIComponent(name.toUpperCase())}`;
    const all = await list(search);
    expect(all.meta).toEqual({ page: 1, page_size: 50, total: 3 });
    expect(all.data.map(({ id }: { id: string }) => id)).toEqual(ids);
    for (const user of all.data) userShape.extend({ id: userShape.shape.email }).parse(user);
    const found = async (query: string) => (await list(`${search}&${query}`)).data.map(({ id }: { id: string }) => id);
    expect(await found("role=PARENT")).toEqual([ids[1]]);
    expect(await found("is_active=false")).toEqual([ids[0]]);
    expect(await found("is_active=true&page_size=1&page=2")).toEqual([ids[2]]);
    expect((await list("search=admin%40example.com")).data[0].email).toBe("admin@example.com");
    for (const query of ["role=NOBODY", "is_active=maybe"]) {
      expectError(await ask("GET", `/users?${query}`), 422, "validation_error");
    }
  });

  it("knows nothing of one that is not there", async () => {
    for (const answer of [
      await ask("GET", `/users/${UNKNOWN}`),
      await change(UNKNOWN, { plan: "FREE" }),
      await change(UNKNOWN, {}),
      await ask("POST", `/users/${UNKNOWN}/password`, { new_password: PASSWORD }),
      await ask("DELETE", `/users/${UNKNOWN}`),
    ]) {
      expectError(answer, 404, "not_found");
    }
    expectError(await ask("GET", "/users/1"), 400, "validation_error");
  });
});

describe("changing an account", () => {
  it("changes what is named, and nothing else", async () => {
    const { id } = dataOf(await ask("POST", "/users", teacher()));
    for (const [body, shown] of [
      [{ role: "ADMIN" }, { role: "ADMIN" }],
      [{ plan: "PREMIUM" }, { subscription: { plan: "PREMIUM", is_active: true } }],
      [{ is_active: false }, { is_active: false }],
      [
        { is_active: true, role: "TEACHER" },
        { is_active: true, role: "TEACHER" },
      ],
      [{}, {}],
      [{ full_name: "Ignored", password: "Ignored1!" }, {}],
    ] as const) {
      const before = dataOf(await ask("GET", `/users/${id}`));
      expect(dataOf(await change(id, body))).toEqual({ ...before, ...shown });
    }
    for (const bad of [{ role: "OWNER" }, { is_active: "no" }, { plan: null }]) {
      expectFaults(await change(id, bad), ...Object.keys(bad));
    }
  });

  it("keeps a deactivated student from practising, also where a session is under way, until they are active again", async () => {
    const skill = await madeSkill(2);
    const student = await register();
    const session = dataOf(await start(student, skill.id));
    dataOf(await change(student.id, { is_active: false }));
    expectError(await start(student, skill.id), 403, "forbidden");
    const submit = () =>
      api("POST", `/practice/sessions/${session.id}/submit`, {
        token: student.token,
        body: { question_id: session.current_question.id, submitted_answer: { value: 2 }, time_spent_sec: 1 },
      });
    expectError(await submit(), 403, "forbidden");
    expectError(await login({ email: student.email, password: PASSWORD }), 401, "unauthorized");
    dataOf(await change(student.id, { is_active: true }));
    expect(dataOf(await submit()).session.id).toBe(session.id);
  });

  it("ends all sign-ins of who is deactivated, for good", async () => {
    const person = await newPerson();
    dataOf(await change(person.user.id, { is_active: false }));
    expectError(await refresh(person.refresh_token), 401, "unauthorized");
    dataOf(await change(person.user.id, { is_active: true }));
    expectError(await refresh(person.refresh_token), 401, "unauthorized");
    expect((await login({ email: person.email, password: PASSWORD })).status).toBe(200);
  });

  it("of another role is nothing any more to those for whom it was something in the one before", async () => {
    const { teacher: owner, pupils, classroom } = await classOf(2);
    const [student, classmate] = pupils as [Person, Person];
    const [coTeacher, parent] = await Promise.all([newPersonOf("TEACHER"), newPersonOf("PARENT")]);
    await addCoTeacher(owner, classroom.id, coTeacher);
    await linkParent(owner, classroom.id, student, parent);
    const path = `/classrooms/${classroom.id}`;
    const group = { title: "Group", student_ids: [student.id, classmate.id] };
    const { id: groupId } = dataOf(await by(owner, "POST", `${path}/groups`, group));
    const relations = () =>
      sql(
        `select (select count(*)::int from guardians where student_id = $1) as parents,
           (select count(*)::int from classroom_teachers where teacher_id = $2) as taught,
           (select count(*)::int from enrolments where student_id = $1) as classes`,
        [student.id, coTeacher.id],
      );
    for (const { id } of [student, classmate]) dataOf(await change(id, { role: "STUDENT", plan: "PREMIUM" }));
    expect(await relations()).toEqual([{ parents: 1, taught: 1, classes: 1 }]);
    for (const { id } of [student, coTeacher]) dataOf(await change(id, { role: "ADMIN" }));
    expect(await relations()).toEqual([{ parents: 0, taught: 0, classes: 0 }]);
    expect(dataOf(await by(owner, "GET", `${path}/groups/${groupId}`)).student_ids).toEqual([classmate.id]);
    for (const { id } of [student, coTeacher]) dataOf(await change(id, { role: "TEACHER" }));
    expectError(await by(coTeacher, "GET", path), 403, "forbidden");
    expect(dataOf(await by(owner, "GET", path))).toMatchObject({ student_count: 1, teachers: [{ user_id: owner.id }] });
  });

  it("does not let an admin lock themselves out", async () => {
    const { id } = await admin();
    for (const body of [{ is_active: false }, { role: "TEACHER" }]) {
      expectError(await change(id, body), 409, "conflict");
    }
    expectError(await ask("DELETE", `/users/${id}`), 409, "conflict");
    expect(dataOf(await change(id, { is_active: true, role: "ADMIN" })).role).toBe("ADMIN");
  });
});

describe("an admin who was deactivated, or has another role by now", () => {
  const LOST = { "is deactivated": { is_active: false }, "has another role": { role: "TEACHER" } };

  it.each(Object.entries(LOST))("%s: the token from before changes nothing any more", async (_, loss) => {
    const { id, email } = dataOf(await ask("POST", "/users", { ...teacher(), role: "ADMIN" }));
    const [{ token }, { id: other, ...person }] = [await signIn(email), await register()];
    const { id: skill } = await madeSkill();
    const asks = (method: string, path: string, body?: unknown, headers = {}) =>
      api(method, path, { token, headers, ...(body === undefined ? {} : { body }) });
    expect((await asks("PATCH", `/admin/users/${other}`, { plan: "PREMIUM" })).status).toBe(200);
    dataOf(await change(id, loss));

    const csv = 'skill,type,level,prompt,correct_answer\nmath/5/A.1,NUMERIC,1,What is 1 + 1?,"{""value"":2}"\n';
    for (const answer of [
      await asks("PATCH", `/admin/users/${id}`, { is_active: true, role: "ADMIN" }),
      await asks("POST", "/admin/users", { ...teacher(), role: "ADMIN" }),
      await asks("POST", "/admin/users", { ...teacher(), role: "ADMIN" }, withKey()),
      await asks("POST", `/admin/users/${other}/password`, { new_password: "Better456!" }),
      await asks("DELETE", `/admin/users/${other}`),
      await asks("POST", "/admin/subjects", { slug: fresh("lost"), title: "Lost" }),
      await asks("PATCH", `/admin/skills/${skill}`, { title: "Lost" }),
      await asks("PATCH", `/skills/${skill}`, { title: "Lost" }),
      await asks("DELETE", `/admin/skills/${skill}`),
      await asks("POST", "/admin/bulk_import", { questions: [{ ...numeric(skill), prompt: fresh("Lost?") }] }),
      await api("POST", "/admin/import?kind=questions", { token, raw: csv, headers: { "Content-Type": "text/csv" } }),
    ]) {
      expectError(answer, 401, "unauthorized");
    }
    expect(dataOf(await ask("GET", `/users/${id}`))).toMatchObject(loss);
    expect(dataOf(await ask("GET", `/skills/${skill}`)).title).not.toBe("Lost");
    expect((await login({ email: person.email, password: PASSWORD })).status).toBe(200);
  });
});

describe("giving an account another password", () => {
  it("lets in with the new one alone, and ends all sign-ins", async () => {
    const person = await newPerson();
    const answer = await ask("POST", `/users/${person.user.id}/password`, { new_password: "Better456!" });
    expect(dataOf(answer)).toEqual({ ok: true });
    expectError(await refresh(person.refresh_token), 401, "unauthorized");
    expectError(await login({ email: person.email, password: PASSWORD }), 401, "unauthorized");
    expect((await login({ email: person.email, password: "Better456!" })).status).toBe(200);
  });

  it("refuses one that nobody may choose", async () => {
    const { user } = await newPerson();
    expectFaults(await ask("POST", `/users/${user.id}/password`, { new_password: "weak" }), "new_password");
    expectFaults(await ask("POST", `/users/${user.id}/password`, {}), "new_password");
  });
});
