import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Bundle } from "./bundle.ts";

const FONT = /\.(ttf|otf|woff2?)$/;

export type BundleSize = {
  /** The code's bytes, as they are and gzipped: what an isolate starts from. */
  readonly code: number;
  readonly codeGzipped: number;
  /** The fonts' bytes, gzipped: a tool of the PDF routes, loaded with them. */
  readonly fontsGzipped: number;
};

/** How large the built Worker is, without its assets, which are served beside it. */
export async function bundleSize({ dir, modules }: Pick<Bundle, "dir" | "modules">): Promise<BundleSize> {
  const sizes = await Promise.all(
    modules.map(async (name) => {
      const bytes = await readFile(join(dir, name));
      return { isFont: FONT.test(name), whole: bytes.length, gzipped: (await promisify(gzip)(bytes)).length };
    }),
  );
  const code = sizes.filter(({ isFont }) => !isFont);
  const fonts = sizes.filter(({ isFont }) => isFont);
  return {
    code: sum(code.map(({ whole }) => whole)),
    codeGzipped: sum(code.map(({ gzipped }) => gzipped)),
    fontsGzipped: sum(fonts.map(({ gzipped }) => gzipped)),
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
