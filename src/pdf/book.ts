import { PDFDocument, PDFName, type PDFRef } from "pdf-lib";
import { addStream } from "./compressed.ts";
import type { FontFile } from "./font-file.ts";
import type { Size } from "./paper.ts";
import { Sheet } from "./sheet.ts";
import { DocumentFont, Typeface } from "./typeface.ts";

/** The font files that PDFs are set in, read. */
export type PdfFonts = {
  readonly sansRegular: FontFile;
  readonly sansBold: FontFile;
  readonly serifBold: FontFile;
  readonly serifItalic: FontFile;
  /** In which no two signs look alike: for what is typed from paper. */
  readonly monoBold: FontFile;
  /** Arrows, operators and shapes that the others lack. */
  readonly signs: FontFile;
};

/** The typefaces of a document. */
export type Faces = {
  readonly regular: Typeface;
  readonly bold: Typeface;
  readonly serif: Typeface;
  readonly italic: Typeface;
  readonly mono: Typeface;
};

export type BookSpec = {
  readonly fonts: PdfFonts;
  /** Of its pages. */
  readonly size: Size;
  /** What a viewer shows on top, and what it is about. */
  readonly title: string;
  readonly subject: string;
  /** The time that it says it was made: one that comes from its data, so that the same data give the same bytes. */
  readonly at: Date;
};

/** A PDF in the making: pages are added and drawn on, then it is finished. */
export class Book {
  readonly size: Size;
  readonly faces: Faces;
  readonly sheets: Sheet[] = [];
  readonly #spec: BookSpec;
  readonly #fonts: readonly DocumentFont[];

  constructor(spec: BookSpec) {
    const { fonts, size } = spec;
    const [regular, bold, serif, italic, mono, signs] = [
      new DocumentFont("F1", fonts.sansRegular),
      new DocumentFont("F2", fonts.sansBold),
      new DocumentFont("F3", fonts.serifBold),
      new DocumentFont("F4", fonts.serifItalic),
      new DocumentFont("F5", fonts.monoBold),
      new DocumentFont("F6", fonts.signs),
    ];
    this.#spec = spec;
    this.#fonts = [regular, bold, serif, italic, mono, signs];
    this.size = size;
    this.faces = {
      regular: new Typeface(regular, signs),
      bold: new Typeface(bold, signs),
      serif: new Typeface(serif, bold, signs),
      italic: new Typeface(italic, regular, signs),
      mono: new Typeface(mono, bold, signs),
    };
  }

  addSheet(): Sheet {
    const sheet = new Sheet(this.size);
    this.sheets.push(sheet);
    return sheet;
  }

  /** The bytes of the whole: the same pages give the same bytes. */
  async finish(): Promise<Uint8Array<ArrayBuffer>> {
    const { title, subject, at } = this.#spec;
    const document = await PDFDocument.create({ updateMetadata: false });
    document.setTitle(title.toWellFormed(), { showInWindowTitleBar: true });
    document.setSubject(subject.toWellFormed());
    document.setCreator("Ascent");
    document.setProducer("pdf-lib");
    document.setLanguage("en");
    document.setCreationDate(at);
    document.setModificationDate(at);
    const { context } = document;
    const fonts: Record<string, PDFRef> = {};
    for (const font of this.#fonts.filter(({ isUsed }) => isUsed)) fonts[font.resource] = await font.embed(context);
    const resources = context.register(context.obj({ Font: fonts }));
    for (const { content } of this.sheets) {
      const page = document.addPage([this.size.width, this.size.height]);
      page.node.set(PDFName.of("Resources"), resources);
      page.node.set(PDFName.of("Contents"), await addStream(context, content));
    }
    const bytes = await document.save({ objectsPerTick: Number.POSITIVE_INFINITY, addDefaultPage: false });
    return new Uint8Array(bytes);
  }
}
