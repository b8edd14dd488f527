/** wrangler.toml has fonts as modules of bytes. */
declare module "*.ttf" {
  const bytes: ArrayBuffer;
  export default bytes;
}
