import { describe, expect, it } from "vitest";
import { certificatesOf, practise } from "../awards/lives.ts";
import { newStudent } from "../classrooms/school.ts";
import { call, sql } from "../worker/client.ts";
import { expectError, from, newAddress } from "../worker/people.ts";

/** As a browser asks. */
const verify = (code: string, address = newAddress()) =>
  call("GET", `/verify/${code}`, {
    headers: { ...from(address), Accept: "text/html,application/xhtml+xml,*/*;q=0.8" },
  });

/** What a page shows, without its tags. */
const shownIn = (text: string) =>
  (/<body>([\s\S]*)<\/body>/.exec(text)?.[1] ?? "")
    .replace(/<[^>]*>/g, "\n")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

async function earnedBy(name: string, answered: { at?: string; timeZone?: string } = {}) {
  const student = await newStudent(name);
  await practise(student.id, [50, 95], answered);
  const [certificate] = await certificatesOf(student.id);
  const [skill] = await sql<{ title: string }>("select title from skills where id = 1");
  return { student, code: certificate?.code ?? "", skill: skill?.title ?? "" };
}

describe("the page that confirms a certificate", () => {
  it("shows the name as printed, the skill and the date, and nothing else", async () => {
    const { student, code, skill } = await earnedBy("Zoë Žukauskas");
    await sql("update users set full_name = 'Renamed Since', school = 'Hill School' where id = $1", [student.id]);
    const { status, text } = await verify(code);
    expect(status).toBe(200);
    expect(shownIn(text)).toEqual([
      "Ascent",
      "This certificate is genuine",
      "Name",
      "Zoë Žukauskas",
      "Skill",
      skill,
      "Date",
      "2 March 2026",
      "Compare the name and the skill with what is printed.",
    ]);
    for (const secret of [student.id, student.email, "Renamed", "Hill School", "95", "EXCELLENCE"]) {
      expect(text).not.toContain(secret);
    }
  });

  it("has for a date the day on which the student answered, wherever they live since", async () => {
    const answered = { at: "2026-03-02T03:00:00.000Z", timeZone: "America/Los_Angeles" };
    const { student, code } = await earnedBy("Kim Late", answered);
    for (const timeZone of ["America/Los_Angeles", "Asia/Tokyo"]) {
      await sql("update users set time_zone = $2 where id = $1", [student.id, timeZone]);
      expect(shownIn((await verify(code)).text)).toContain("1 March 2026");
    }
  });

  it("is found by the code in any case, with and without dashes", async () => {
    const { code } = await earnedBy("Sam Student");
    const dashed = code.replace(/(.{5})(?=.)/g, "$1-");
    for (const typed of [code, code.toLowerCase(), dashed, dashed.toLowerCase(), `%20${code}`]) {
      expect((await verify(typed)).status).toBe(200);
    }
  });

  it("lets no name be more than text", async () => {
    const { code } = await earnedBy("<script>alert(1)</script>&amp;");
    const { text } = await verify(code);
    expect(text).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;");
    expect(text).not.toContain("<script");
  });

  it("says of one that was taken back only that, at once", async () => {
    const { code, skill } = await earnedBy("Sam Student");
    expect((await verify(code)).status).toBe(200);
    await sql("update certificates set revoked_at = now() where code = $1", [code]);
    const { status, text } = await verify(code);
    expect(status).toBe(404);
    expect(shownIn(text)).toEqual([
      "Ascent",
      "This certificate is no longer valid",
      "It was taken back after it had been made.",
    ]);
    for (const secret of ["Sam", skill, "2026"]) expect(text).not.toContain(secret);
  });

  it("is a 404 page, always the same, for a code that there is none of, or that is no code", async () => {
    const pages = await Promise.all(["F".repeat(20), "nonsense", "%00", "x".repeat(500)].map((one) => verify(one)));
    for (const { status, text, headers } of pages) {
      expect({ status, text, type: headers.get("Content-Type") }).toEqual({
        status: 404,
        text: pages[0]?.text,
        type: "text/html; charset=UTF-8",
      });
    }
    expect(shownIn(pages[0]?.text ?? "")).toContain("There is no certificate with this code");
  });

  it("is an error as any other to who does not ask for HTML", async () => {
    for (const accept of ["*/*", "application/json, text/plain, */*"]) {
      const answer = await call("GET", "/verify/nonsense", { headers: { ...from(newAddress()), Accept: accept } });
      expect(expectError(answer, 404, "not_found").message).toContain("There is no certificate with this code.");
    }
  });

  it("runs nothing, loads nothing from elsewhere, and is kept by no cache and no search engine", async () => {
    const { code } = await earnedBy("Sam Student");
    for (const { headers } of [await verify(code), await verify("nonsense")]) {
      expect(headers.get("Content-Security-Policy")).toBe(
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      );
      expect(headers.get("X-Robots-Tag")).toContain("noindex");
      expect(headers.get("Cache-Control")).toBe("no-store");
      expect(headers.get("Referrer-Policy")).toBe("no-referrer");
    }
  });

  it("can be asked for so often from one address, and from another still", async () => {
    const address = newAddress();
    const statuses = await Promise.all(
      Array.from({ length: 70 }, async () => (await verify("nonsense", address)).status),
    );
    expect([...new Set(statuses)].sort()).toEqual([404, 429]);
    expect((await verify("nonsense")).status).toBe(404);
  });
});
