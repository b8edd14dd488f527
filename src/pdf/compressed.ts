import type { PDFContext, PDFRef } from "pdf-lib";

const utf8 = new TextEncoder();

type Entries = Readonly<Record<string, string | number>>;

/** Puts a stream into a document, compressed by the platform itself: pdf-lib's own way takes several times the CPU. */
export async function addStream(
  context: PDFContext,
  content: string | Uint8Array,
  entries: Entries = {},
): Promise<PDFRef> {
  const bytes = typeof content === "string" ? utf8.encode(content) : content;
  const { readable, writable } = new CompressionStream("deflate");
  const writer = writable.getWriter();
  const written = Promise.all([writer.write(bytes), writer.close()]);
  const [deflated] = await Promise.all([new Response(readable).arrayBuffer(), written]);
  return context.register(context.stream(new Uint8Array(deflated), { ...entries, Filter: "FlateDecode" }));
}
