import { describe, expect, it } from "vitest";
import { ProfileReader } from "../../src/practice/profile-reader.ts";
import type { Profile, Student } from "../../src/practice/student.ts";
import { newStudent, profile } from "./practice.ts";

const deactivated: Profile = { ...profile, isActive: false };

/** An object whose student has this profile, and a record whose replies come when the test says so. */
function objectWith(known: Student | null) {
  let student = known;
  const asked: { reply: (profile: Profile) => void; fail: () => void }[] = [];
  const adopted: Profile[] = [];
  const reader = new ProfileReader({
    student: () => student,
    read: () => new Promise((resolve, reject) => asked.push({ reply: resolve, fail: () => reject(new Error("away")) })),
    adopt: (changed) => {
      adopted.push(changed);
      student = student && { ...student, profile: changed };
    },
  });
  const request = async (index: number) => {
    await expect.poll(() => asked.length).toBeGreaterThan(index);
    const found = asked[index];
    if (!found) throw new Error("not asked");
    return found;
  };
  return { reader, asked, adopted, request };
}

describe("the profile in a student's object", () => {
  it("is what the record held last, however many changes come at once", async () => {
    const { reader, asked, adopted, request } = objectWith(newStudent());
    const both = [reader.read(), reader.read()];
    (await request(0)).reply({ ...profile, gradeLevel: 7 });
    // The second read did not begin before the first had ended: it cannot have seen less.
    (await request(1)).reply(deactivated);
    await Promise.all(both);
    expect(adopted).toEqual([{ ...profile, gradeLevel: 7 }, deactivated]);
    expect(asked).toHaveLength(2);
  });

  it("is read again after a read that failed", async () => {
    const { reader, adopted, request } = objectWith(newStudent());
    const reading = [reader.read(), reader.read()];
    (await request(0)).fail();
    (await request(1)).reply(deactivated);
    await Promise.all(reading);
    expect(adopted).toEqual([deactivated]);
  });

  it("is read where the record shows another, and what was shown does not count", async () => {
    const { reader, adopted, request } = objectWith(newStudent({ profile: deactivated }));
    const following = reader.follow(profile);
    (await request(0)).reply(deactivated);
    await following;
    expect(adopted).toEqual([]);
  });

  it("is not read where the record shows the same, or knows no such student", async () => {
    const { reader, asked } = objectWith(newStudent());
    await reader.follow({ ...profile });
    await reader.follow(null);
    expect(asked).toEqual([]);
  });

  it("stays as it is where it cannot be read after a flush, and nothing fails of it", async () => {
    const { reader, adopted, request } = objectWith(newStudent());
    const following = reader.follow(deactivated);
    (await request(0)).fail();
    await following;
    expect(adopted).toEqual([]);
  });

  it("is not read while nothing is stored, nor for a guest", async () => {
    for (const student of [null, newStudent({ isGuest: true })]) {
      const { reader, asked } = objectWith(student);
      await reader.read();
      expect(asked).toEqual([]);
    }
  });
});
