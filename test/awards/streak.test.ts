import { describe, expect, it } from "vitest";
import { currentStreak } from "../../src/awards/streak.ts";

describe("a streak of days", () => {
  it("counts back from today, or from yesterday as today is not over", () => {
    const days = ["2026-03-04", "2026-03-03", "2026-03-02", "2026-02-28"];
    expect(currentStreak(days, "2026-03-04")).toBe(3);
    expect(currentStreak(days, "2026-03-05")).toBe(3);
  });

  it("is over after a day without", () => {
    expect(currentStreak(["2026-03-04", "2026-03-03"], "2026-03-06")).toBe(0);
    expect(currentStreak([], "2026-03-06")).toBe(0);
  });

  it("goes over the ends of months and years, and the days that clocks change", () => {
    expect(currentStreak(["2026-01-01", "2025-12-31", "2025-12-30"], "2026-01-01")).toBe(3);
    expect(currentStreak(["2026-03-30", "2026-03-29", "2026-03-28"], "2026-03-30")).toBe(3);
  });

  it("has not ended where the student's last day is ahead of today, after a flight to the west", () => {
    expect(currentStreak(["2026-03-05", "2026-03-04"], "2026-03-04")).toBe(2);
  });
});
