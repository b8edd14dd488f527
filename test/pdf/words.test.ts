import { expect, it } from "vitest";
import {
  clockText,
  counted,
  dayText,
  minutesText,
  momentText,
  shortDayOfMoment,
  timeText,
} from "../../src/pdf/words.ts";

it.each([
  [0, "0:00", "0 s"],
  [59, "0:59", "59 s"],
  [60, "1:00", "1 min"],
  [61, "1:01", "1 min"],
  [3_569, "59:29", "59 min"],
  [3_599, "59:59", "1 h 00 min"],
  [3_900, "65:00", "1 h 05 min"],
  [19_540, "325:40", "5 h 26 min"],
])("%i seconds are %s on a clock and %s of practice", (seconds, clock, minutes) => {
  expect([clockText(seconds), minutesText(seconds)]).toEqual([clock, minutes]);
});

it("a moment is told by the clocks of its time zone", () => {
  const moment = new Date("2026-11-22T23:30:00Z");
  expect(momentText(moment, "UTC")).toBe("22 November 2026, 23:30");
  expect(momentText(moment, "Asia/Tokyo")).toBe("23 November 2026, 08:30");
  expect(shortDayOfMoment(moment, "America/New_York")).toBe("22 Nov 2026");
  expect(timeText(new Date("2026-11-22T00:05:00Z"), "UTC")).toBe("00:05");
});

it("a time zone that is none any more is UTC", () => {
  expect(momentText(new Date("2026-11-22T23:30:00Z"), "Mars/Olympus")).toBe("22 November 2026, 23:30");
});

it("a day stays the day that it is", () => {
  expect(dayText("2026-01-01")).toBe("1 January 2026");
});

it("one is not many", () => {
  expect([counted(0, "student"), counted(1, "student"), counted(2, "student")]).toEqual([
    "0 students",
    "1 student",
    "2 students",
  ]);
});
