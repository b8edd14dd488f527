import { expect, it, onTestFinished } from "vitest";
import awardsBefore from "../../drizzle/0007_awards_before.sql?raw";
import certificateDay from "../../drizzle/0011_certificate_day.sql?raw";
import { newStudent } from "../classrooms/school.ts";
import { sql } from "../worker/client.ts";
import { awardsOf, batchOf, certificatesOf, drain, lifeOf } from "./lives.ts";
import { randomDeeds, randomFrom } from "./random-deeds.ts";

it("what was practised before there were awards has earned the same, by the migrations that brought them and their days", async () => {
  const student = await newStudent();
  // A migration knows neither time without an answer nor in which order days came.
  const deeds = randomDeeds(randomFrom(7))
    .filter(({ score }) => score !== undefined)
    .toSorted((one, other) => one.day.localeCompare(other.day))
    .map((deed, index) => ({ ...deed, atMs: Date.parse(deed.day) + index * 60_000 }));
  await drain(batchOf(student.id, lifeOf(deeds), 0, deeds.length));
  const told = async () => ({
    awards: await awardsOf(student.id),
    certificates: (await certificatesOf(student.id)).map(({ code: _random, ...rest }) => rest),
  });
  const byDrain = await told();
  expect(byDrain.awards.length).toBeGreaterThan(20);

  // The tests after this one know the column, also where this one fails.
  onTestFinished(async () => {
    await sql("alter table certificates add column if not exists day date not null default '2026-01-01'");
    await sql("alter table certificates alter column day drop default");
  });
  for (const table of ["awards", "certificates"]) await sql(`delete from ${table}`);
  await sql("alter table certificates drop column day");
  const statements = (migration: string) => migration.split("--> statement-breakpoint");
  for (const statement of statements(awardsBefore)) {
    if (statement.includes("INSERT INTO")) await sql(statement);
  }
  for (const statement of statements(certificateDay)) await sql(statement);
  expect(await told()).toEqual(byDrain);
});
