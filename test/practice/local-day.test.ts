import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { localDay } from "../../src/practice/local-day.ts";

describe("a student's day", () => {
  it.each([
    { zone: "UTC", at: "2026-03-01T23:59:59.999Z", day: "2026-03-01" },
    { zone: "UTC", at: "2026-03-02T00:00:00.000Z", day: "2026-03-02" },
    { zone: "America/New_York", at: "2026-03-02T04:59:59.999Z", day: "2026-03-01" },
    { zone: "America/New_York", at: "2026-03-02T05:00:00.000Z", day: "2026-03-02" },
    { zone: "Pacific/Kiritimati", at: "2026-12-31T10:00:00.000Z", day: "2027-01-01" },
    { zone: "Pacific/Pago_Pago", at: "2027-01-01T10:59:59.999Z", day: "2026-12-31" },
    { zone: "Asia/Kathmandu", at: "2026-06-01T18:15:00.000Z", day: "2026-06-02" },
  ])("at $at in $zone is $day", ({ zone, at, day }) => {
    expect(localDay(Date.parse(at), zone)).toBe(day);
  });

  it("follows daylight saving time", () => {
    expect(localDay(Date.parse("2026-03-08T04:30:00Z"), "America/New_York")).toBe("2026-03-07");
    expect(localDay(Date.parse("2026-03-09T04:30:00Z"), "America/New_York")).toBe("2026-03-09");
  });

  it.each(["", "Mars/Olympus_Mons", "America/Nowhere", "'; drop"])("is UTC's in the unknown zone %j", (zone) => {
    expect(localDay(Date.parse("2026-03-01T23:59:59Z"), zone)).toBe("2026-03-01");
  });

  it("in UTC is the date that ISO 8601 writes", () => {
    const moments = fc.date({ min: new Date("1970-01-01"), max: new Date("2199-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(moments, (moment) => {
        expect(localDay(moment.getTime(), "UTC")).toBe(moment.toISOString().slice(0, 10));
      }),
    );
  });

  it("never lies more than a day beside UTC's", () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf("timeZone"));
    const moments = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2100, 0) });
    fc.assert(
      fc.property(zones, moments, (zone, atMs) => {
        const daysApart = (Date.parse(localDay(atMs, zone)) - Date.parse(localDay(atMs, "UTC"))) / 86_400_000;
        expect([-1, 0, 1]).toContain(daysApart);
      }),
    );
  });
});
