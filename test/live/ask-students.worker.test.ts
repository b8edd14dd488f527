import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { Report } from "../../src/live/activity.ts";
import { askStudents } from "../../src/live/ask-students.ts";
import type { Services } from "../../src/services.ts";

const NOTHING: Report = { atMs: 0, doing: null };
const COMMAND = { classroomId: "c", untilMs: null };
const ids = Array.from({ length: 20 }, (_, place) => `student ${place}`);

/** Students whose objects answer in this way. */
const answering = (watch: (studentId: string) => Promise<Report>) =>
  ({ students: { getByName: (id: string) => ({ watch: () => watch(id) }) } }) as unknown as Services;

describe("asking students", () => {
  it("hears each who answers, and gives those who do not", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    onTestFinished(() => warn.mockRestore());
    const heard: string[] = [];
    const services = answering(async (id) => {
      if (id.endsWith("7")) throw new Error("not now");
      return NOTHING;
    });
    expect(await askStudents(services, COMMAND, ids, (id) => heard.push(id))).toEqual(["student 7", "student 17"]);
    expect(heard.toSorted()).toEqual(ids.filter((id) => !id.endsWith("7")).toSorted());
  });

  it("stops once it is over: asks nobody else, and hears nothing more", async () => {
    const over = new AbortController();
    const asked: string[] = [];
    const heard: string[] = [];
    const services = answering(async (id) => {
      asked.push(id);
      if (asked.length === ids.length / 2) over.abort();
      return NOTHING;
    });
    await askStudents(services, COMMAND, ids, (id) => heard.push(id), over.signal);
    expect(asked).toEqual(ids.slice(0, asked.length));
    expect(asked.length).toBeLessThan(ids.length);
    expect(heard.length).toBeLessThan(asked.length);
  });
});
