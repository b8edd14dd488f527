import { readFile } from "node:fs/promises";
import type { PdfFonts } from "../../src/pdf/book.ts";
import { type FontFile, readFontFile } from "../../src/pdf/font-file.ts";

/** The fonts of PDFs for Node, from the files that the Worker has as modules. */
export async function fontsFromDisk(): Promise<PdfFonts> {
  const [sansRegular, sansBold, serifBold, serifItalic, monoBold, signs] = await Promise.all([
    font("Inter-Regular", "sans-regular"),
    font("Inter-SemiBold", "sans-bold"),
    font("EBGaramond-SemiBold", "serif-bold"),
    font("EBGaramond-Italic", "serif-italic"),
    font("DejaVuSansMono-Bold", "mono-bold"),
    font("DejaVuSans", "signs"),
  ]);
  return { sansRegular, sansBold, serifBold, serifItalic, monoBold, signs };
}

async function font(name: string, file: string): Promise<FontFile> {
  const bytes = await readFile(new URL(`../../src/pdf/fonts/${file}.ttf`, import.meta.url));
  return readFontFile(name, new Uint8Array(bytes).buffer);
}
