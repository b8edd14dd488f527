/// <reference path="./fonts/ttf.d.ts" />
import type { PdfFonts } from "./book.ts";
import { readFontFile } from "./font-file.ts";

let loaded: PdfFonts | undefined;

/**
 * The fonts of PDFs, read once an isolate: only one that draws PDFs has them. Requests that come while they are being read
 * read them too: the runtime takes a request that waits for nothing but another's promise to hang.
 */
export async function loadFonts(): Promise<PdfFonts> {
  loaded ??= await readFonts();
  return loaded;
}

async function readFonts(): Promise<PdfFonts> {
  const [sansRegular, sansBold, serifBold, serifItalic, monoBold, signs] = await Promise.all([
    import("./fonts/sans-regular.ttf"),
    import("./fonts/sans-bold.ttf"),
    import("./fonts/serif-bold.ttf"),
    import("./fonts/serif-italic.ttf"),
    import("./fonts/mono-bold.ttf"),
    import("./fonts/signs.ttf"),
  ]);
  return {
    sansRegular: readFontFile("Inter-Regular", sansRegular.default),
    sansBold: readFontFile("Inter-SemiBold", sansBold.default),
    serifBold: readFontFile("EBGaramond-SemiBold", serifBold.default),
    serifItalic: readFontFile("EBGaramond-Italic", serifItalic.default),
    monoBold: readFontFile("DejaVuSansMono-Bold", monoBold.default),
    signs: readFontFile("DejaVuSans", signs.default),
  };
}
