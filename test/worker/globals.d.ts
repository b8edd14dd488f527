declare namespace Cloudflare {
  interface GlobalProps {
    mainModule: typeof import("../../src/index.ts");
  }
}

/** A migration's text. */
declare module "*.sql?raw" {
  const text: string;
  export default text;
}

/** Vite's: the files of a pattern, each as what imports it. */
interface ImportMeta {
  glob(pattern: string): Record<string, () => Promise<unknown>>;
}
