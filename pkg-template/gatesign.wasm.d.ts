/**
 * The module itself, as Cloudflare Workers import it: `init(module)` of `gatesign/slim` takes it.
 * Other tools give what their own rules say, an address for instance (`gatesign/gatesign.wasm?url` in Vite).
 */
declare const module: WebAssembly.Module
export default module
