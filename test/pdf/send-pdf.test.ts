import { describe, expect, it } from "vitest";
import { dispositionOf } from "../../src/pdf/send-pdf.ts";

describe("the name of a PDF's file", () => {
  it("is as it stands where it is plain", () => {
    expect(dispositionOf("Summary Sam Student.pdf")).toBe(
      `attachment; filename="Summary Sam Student.pdf"; filename*=UTF-8''Summary%20Sam%20Student.pdf`,
    );
  });

  it("is whole for clients of today, and in ASCII for others", () => {
    expect(dispositionOf("Summary Zoë Núñez.pdf")).toBe(
      `attachment; filename="Summary Zoe Nunez.pdf"; filename*=UTF-8''Summary%20Zo%C3%AB%20N%C3%BA%C3%B1ez.pdf`,
    );
    expect(dispositionOf("Summary Łukasz Ørsted-Weiß Æ.pdf")).toContain(
      'filename="Summary Lukasz Orsted-Weiss Ae.pdf"',
    );
    expect(dispositionOf("Владислав.pdf")).toMatch(/^attachment; filename="document\.pdf"; filename\*=UTF-8''%D0%92/);
  });

  it("never ends the header, leaves its folder or hides its ending", () => {
    const name = dispositionOf('a"; filename="x.exe\r\nSet-Cookie: a=b\u202e/../..\\b%41.pdf');
    expect(name).toMatch(/^attachment; filename="[^"\\/\r\n%]*\.pdf"; filename\*=UTF-8''[\w.~%-]*\.pdf$/);
    expect(name).not.toMatch(/%0D|%0A|%2F|%5C|%E2%80%AE/);
  });

  it("is of a length that file systems take", () => {
    expect(dispositionOf(`${"Ж".repeat(500)}.pdf`).length).toBeLessThan(600);
    expect(dispositionOf(`${"a".repeat(500)}.pdf`)).toContain(`"${"a".repeat(80)}.pdf"`);
  });

  it("ends with what tells it from others, however long the rest is", () => {
    const named = (title: string) => dispositionOf(`Certificate ${title}.pdf`, "0F3A9-62C1D");
    expect(named("Sam")).toContain('"Certificate Sam 0F3A9-62C1D.pdf"');
    for (const title of ["a".repeat(500), "Ж".repeat(500)]) {
      expect(named(title)).toMatch(/ 0F3A9-62C1D\.pdf"; filename\*=UTF-8''.*%200F3A9-62C1D\.pdf$/);
      expect(named(title).length).toBeLessThan(650);
    }
    expect(named("a".repeat(500)).split('"')[1]).toHaveLength(84);
  });

  it("is there even if nothing of it can be shown", () => {
    expect(dispositionOf("///.pdf")).toBe(`attachment; filename="document.pdf"; filename*=UTF-8''document.pdf`);
  });
});
