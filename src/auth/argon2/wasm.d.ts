/** A `.wasm` file as the bundler hands it over: compiled already. */
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
