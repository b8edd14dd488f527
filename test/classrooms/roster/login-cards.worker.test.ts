import { exports } from "cloudflare:workers";
import { PDFDocument } from "pdf-lib";
import { describe, expect, it } from "vitest";
import { readLoginCards } from "../../../src/classrooms/roster/read-login-cards.ts";
import { ask } from "../../admin/admin.ts";
import { servicesWith } from "../../worker/apps.ts";
import { type Account, api, register, sql } from "../../worker/client.ts";
import { expectError } from "../../worker/people.ts";
import { dataOf, newClass, newTeacher, type SchoolClass } from "../assignments/class.ts";
import { newName, newPupils, pupilsIn, resetPassword, sendRows } from "./rosters.ts";

const UNKNOWN = "0198c6a2-7c1e-7cc2-9f0e-3a52a1f0c001";

const pathOf = (id: string) => `/reports/classrooms/${id}/login-cards.pdf`;

const pdfOf = (id: string, { token }: Pick<Account, "token">, query = "") =>
  exports.default.fetch(
    new Request(`https://ascent.test/api/v1${pathOf(id)}${query}`, { headers: { Authorization: `Bearer ${token}` } }),
  );

const cardsOf = ({ id, teacher }: SchoolClass) =>
  readLoginCards(servicesWith({}), { userId: teacher.id, role: "TEACHER" }, id);

describe("login cards", () => {
  it("are of the pupils without e-mail, by name, with the first password of who has not another", async () => {
    const last = newName();
    const to = await newClass([await register({ full_name: `Aaa ${last}` })]);
    const rows = ["Cem", "ana", "Ben", "Dora"].map((first) => ({ full_name: `${first} ${last}`, grade_level: 5 }));
    const [cem, ana, ben, dora] = pupilsIn(await sendRows(to, rows));
    dataOf(await ask("POST", `/users/${ben?.student_id}/password`, { new_password: "Chosen456!" }));
    dataOf(await ask("PATCH", `/users/${dora?.student_id}`, { is_active: false }));
    const reset = dataOf(await resetPassword(to, cem?.student_id ?? "", to.teacher));
    expect(await cardsOf(to)).toEqual({
      classroom: "Test class",
      cards: [
        { fullName: ana?.full_name, username: ana?.username, password: ana?.password },
        { fullName: ben?.full_name, username: ben?.username, password: null },
        { fullName: cem?.full_name, username: cem?.username, password: reset.password },
      ],
    });
  });

  it("come as a PDF with eight to a page, on Letter or A4, which no cache keeps", async () => {
    const to = await newClass();
    await newPupils(to, 9);
    for (const [query, width] of [
      ["", 612],
      ["?paper=a4", 595.28],
    ] as const) {
      const response = await pdfOf(to.id, to.teacher, query);
      expect(response.status).toBe(200);
      expect(response.headers.get("Content-Type")).toBe("application/pdf");
      expect(response.headers.get("Cache-Control")).toBe("no-store");
      expect(response.headers.get("ETag")).toBeNull();
      expect(response.headers.get("Content-Disposition")).toContain("Login cards Test class.pdf");
      const document = await PDFDocument.load(await response.arrayBuffer());
      expect(document.getPages().map((page) => page.getWidth())).toEqual([width, width]);
    }
  });

  it("are for the class's teachers alone, and of an archived class, where the passwords are good elsewhere, for nobody", async () => {
    const to = await newClass();
    await newPupils(to, 1);
    const [colleague, stranger] = [await newTeacher(), await newTeacher()];
    const { token } = to.teacher;
    dataOf(await api("POST", `/classrooms/${to.id}/teachers`, { token, body: { email: colleague.email } }));
    const ask = (id: string, { token }: Account) => api("GET", pathOf(id), { token });
    expectError(await ask(to.id, stranger), 403, "forbidden");
    expectError(await ask(UNKNOWN, stranger), 404, "not_found");
    expectError(await ask("1", to.teacher), 400, "validation_error");
    expectError(await api("GET", `${pathOf(to.id)}?paper=a5`, { token }), 422, "validation_error");
    expect((await pdfOf(to.id, colleague)).status).toBe(200);
    dataOf(await api("PATCH", `/classrooms/${to.id}`, { token, body: { archived: true } }));
    for (const teacher of [to.teacher, colleague]) expectError(await ask(to.id, teacher), 409, "conflict");
  });

  it("are of students alone: not of who has become something else", async () => {
    const to = await newClass();
    const [pupil, other] = await newPupils(to, 2);
    await sql("update users set role = 'TEACHER' where id = $1", [other?.student_id]);
    expect((await cardsOf(to)).cards.map(({ username }) => username)).toEqual([pupil?.username]);
    expectError(await resetPassword(to, other?.student_id ?? "", to.teacher), 404, "not_found");
  });
});
