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
