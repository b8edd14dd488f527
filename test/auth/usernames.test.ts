import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { username, usernameBases, usernameCandidates } from "../../src/auth/usernames.ts";

const baseOf = async (name: string) => (await usernameBases([name]))[0];

describe("a name gives a username for", () => {
  it.each([
    ["Ana López", "ana.lopez"],
    ["  Ana  María López García ", "ana.garcia"],
    ["Łukasz Żółć", "lukasz.zolc"],
    ["Đặng Thị Hương", "dang.huong"],
    ["Müller Groß", "mueller.gross"],
    ["Søren Ærø", "soren.aero"],
    ["Şebnem Çelik", "sebnem.celik"],
    ["İpek Iğdır", "ipek.igdir"],
    ["Иван Щербаков", "ivan.scherbakov"],
    ["Їжакевич Євгенія", "yizhakevich.yevgeniya"],
    ["Ђорђе Љубиша", "djordje.ljubisha"],
    ["Γιώργος Παπαδόπουλος", "giorgos.papadopoylos"],
    ["Ἀθηνᾶ Σαπφώ", "athina.sapfo"],
    ["Seán O’Neill", "sean.oneill"],
    ["Jean-Luc Picard", "jean.picard"],
    ["Madonna", "madonna"],
    ["Li", "li"],
    ["王小明", "pupil"],
    ["🙂", "pupil"],
    ["=SUM(A1)", "sum.a1"],
  ])("%s: %s", async (name, base) => {
    expect(await baseOf(name)).toBe(base);
  });

  it("whatever it is: those that follow from it are good usernames, all different, and enough", async () => {
    const name = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom(..."aé Ж.ω-'1王🙂") }));
    await fc.assert(
      fc.asyncProperty(name, fc.integer({ min: 1, max: 5 }), async (text, count) => {
        const candidates = usernameCandidates((await baseOf(text)) ?? "", count, Math.random);
        expect(candidates.filter((candidate) => username.safeParse(candidate).data !== candidate)).toEqual([]);
        expect(new Set(candidates).size).toBe(candidates.length);
        expect(candidates.length).toBeGreaterThanOrEqual(2 * count);
      }),
      { numRuns: 50 },
    );
  });
});

describe("usernames for one name", () => {
  it("are it alone, then with 2, 3 and so on, then with longer and longer numbers", () => {
    const candidates = usernameCandidates("ana.lopez", 1, () => 0.5);
    expect(candidates.slice(0, 3)).toEqual(["ana.lopez", "ana.lopez2", "ana.lopez3"]);
    expect(candidates.slice(-2)).toEqual(["ana.lopez55000", "ana.lopez550000"]);
  });

  it("have three characters at least", () => {
    expect(usernameCandidates("li", 1, () => 0)[0]).toBe("li2");
    expect(usernameCandidates("o", 1, () => 0)[0]).toBe("o10");
  });
});

describe("a username that a teacher writes", () => {
  it.each(["ana", "ana.lopez", "a-b_c.9", "123456", "x".repeat(32)])("may be %s", (text) => {
    expect(username.parse(text)).toBe(text);
  });

  it("is kept in lower case, without spaces around it", () => {
    expect(username.parse(" Ana.Lopez ")).toBe("ana.lopez");
  });

  it.each([
    "",
    "an",
    "x".repeat(33),
    "ana lopez",
    "ana@example.com",
    ".ana",
    "ana.",
    "a..b",
    "ána",
    "анна",
    "=ana",
    "a\u0000b",
  ])("may not be %j", (text) => {
    expect(username.safeParse(text).success).toBe(false);
  });
});
