/**
 * The module itself, as Cloudflare Workers import it, for `init(module)` of `gatesign/slim`. Other tools import it by
 * their own rules, for example as an address (`gatesign/gatesign.wasm?url` in Vite).
 */
declare const module: WebAssembly.Module
export default module
