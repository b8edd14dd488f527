import { describe, expect, it } from "vitest";
import { keptCode, printedCode } from "../../src/awards/certificate-code.ts";

const CODE = "0F3A962C1D8B47E5D210";

describe("a certificate's code", () => {
  it("is printed in groups of five", () => {
    expect(printedCode(CODE)).toBe("0F3A9-62C1D-8B47E-5D210");
  });

  it.each(["0F3A9-62C1D-8B47E-5D210", "0f3a9-62c1d-8b47e-5d210", "0f3a962c1d8b47e5d210", " 0F3A9 62C1D–8B47E—5D210 "])(
    "is known however it is typed: %s",
    (typed) => {
      expect(keptCode(typed)).toBe(CODE);
    },
  );

  it.each(["", "0F3A9", `${CODE}0`, "0F3A962C1D8B47E5D21G", "0F3A962C1D8B47E5D21O", "'; drop table"])(
    "is nothing else: %s",
    (typed) => {
      expect(keptCode(typed)).toBeUndefined();
    },
  );
});
