import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { runCommand, say } from "./local/say.ts";

/** Where the fonts come from, and what cuts them: installed for the moment only, in exactly these versions. */
const PACKAGES = {
  "@expo-google-fonts/inter": "0.4.2",
  "@expo-google-fonts/eb-garamond": "0.4.3",
  "dejavu-fonts-ttf": "2.37.3",
  "subset-font": "2.9.0",
} as const;

type Range = readonly [from: number, to: number];

/** Latin with Vietnamese, Turkish, Azerbaijani and African letters, Greek, Cyrillic, and what is written between words. */
const WORDS: readonly Range[] = [
  [0x20, 0x7e],
  [0xa0, 0x2ff],
  [0x300, 0x36f],
  [0x370, 0x3ff],
  [0x400, 0x52f],
  [0x1e00, 0x1eff],
  [0x1f00, 0x1fff],
  [0x2000, 0x206f],
  [0x2070, 0x209f],
  [0x20a0, 0x20bf],
  [0x2100, 0x218f],
];

/** Arrows, operators, boxes, shapes and signs, as questions have them. */
const SIGNS: readonly Range[] = [
  [0x2190, 0x22ff],
  [0x2300, 0x2311],
  [0x2329, 0x232a],
  [0x23a7, 0x23af],
  [0x2500, 0x257f],
  [0x25a0, 0x27bf],
  [0x27c0, 0x27ef],
  [0x2b00, 0x2b5f],
];

/** Letters and marks of names that the other fonts lack some of. */
const RARE: readonly Range[] = [
  [0x250, 0x2af],
  [0x300, 0x36f],
  [0x460, 0x52f],
];

/** What is typed from paper. */
const TYPED: readonly Range[] = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
];

/** Each font of PDFs: the file it is cut from, and what is left of it. */
const FONTS: readonly { readonly name: string; readonly source: string; readonly ranges: readonly Range[] }[] = [
  {
    name: "sans-regular",
    source: "@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf",
    ranges: [...WORDS, ...SIGNS],
  },
  {
    name: "sans-bold",
    source: "@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf",
    ranges: [...WORDS, ...SIGNS],
  },
  {
    name: "serif-bold",
    source: "@expo-google-fonts/eb-garamond/600SemiBold/EBGaramond_600SemiBold.ttf",
    ranges: WORDS,
  },
  {
    name: "serif-italic",
    source: "@expo-google-fonts/eb-garamond/400Regular_Italic/EBGaramond_400Regular_Italic.ttf",
    ranges: WORDS,
  },
  { name: "mono-bold", source: "dejavu-fonts-ttf/ttf/DejaVuSansMono-Bold.ttf", ranges: TYPED },
  { name: "signs", source: "dejavu-fonts-ttf/ttf/DejaVuSans.ttf", ranges: [...SIGNS, ...RARE] },
];

const LICENCES = {
  "LICENSE-Inter.txt": "@expo-google-fonts/inter/LICENSE_FONT",
  "LICENSE-EB-Garamond.txt": "@expo-google-fonts/eb-garamond/LICENSE_FONT",
  "LICENSE-DejaVu.txt": "dejavu-fonts-ttf/LICENSE",
} as const;

/** Shaping and hinting, which PDFs drawn glyph by glyph have no use for. */
const DROPPED = ["GSUB", "GPOS", "GDEF", "kern", "STAT", "gasp", "prep", "fpgm", "cvt ", "MATH", "FFTM", "DSIG"];

type SubsetFont = (
  font: Buffer,
  characters: string,
  options: { targetFormat: "truetype"; noHinting: boolean; noLayoutClosure: boolean; dropTables: readonly string[] },
) => Promise<Buffer>;

const OUT = new URL("../src/pdf/fonts/", import.meta.url);

await runCommand(async () => {
  const dir = await mkdtemp(join(tmpdir(), "ascent-fonts-"));
  try {
    const packages = Object.entries(PACKAGES).map(([name, version]) => `${name}@${version}`);
    await promisify(execFile)("npm", ["install", "--no-save", "--prefix", dir, ...packages]);
    const installed = (file: string) => join(dir, "node_modules", file);
    const subsetFont = createRequire(installed("/"))("subset-font") as SubsetFont;
    for (const { name, source, ranges } of FONTS) {
      const whole = await readFile(installed(source));
      const cut = await subsetFont(whole, charactersIn(ranges), {
        targetFormat: "truetype",
        noHinting: true,
        noLayoutClosure: true,
        dropTables: DROPPED,
      });
      await writeFile(new URL(`${name}.ttf`, OUT), cut);
      say(`${name}.ttf: ${cut.length} of ${whole.length} bytes`);
    }
    for (const [name, source] of Object.entries(LICENCES)) {
      await writeFile(new URL(name, OUT), await readFile(installed(source)));
    }
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});

function charactersIn(ranges: readonly Range[]): string {
  return ranges
    .flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)))
    .join("");
}
