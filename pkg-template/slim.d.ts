/**
 * Everything from the main entry, with the WebAssembly module in a separate file: for old browsers, and to cache the
 * module separately from the scripts.
 */

export * from './index.js'
export { default } from './index.js'

/**
 * Loads and starts the module. Await it before the first call of `newClient`, `createSigner` or `diagnose`, which throw
 * an `Error` until then. It compiles and starts asynchronously, which Chrome before 115 requires on a page's main
 * thread.
 *
 * Later calls return the promise of the first one; after a failure the next call tries again. In Node, Deno and Bun the
 * code includes the module: there it resolves at once, whatever `source` is.
 *
 * @param source the module's address or its content. Default: `gatesign.wasm` next to this script, or
 *   `gatesign-nosimd.wasm` where WebAssembly has no SIMD (processors without SSE4.1, Safari before 16.4). Vite and
 *   webpack understand this default; with other bundlers pass the address at which you serve `gatesign/gatesign.wasm`,
 *   which needs SIMD, or `gatesign/gatesign-nosimd.wasm`, which does not
 * @throws {Error} if the address answers with a status outside 200 to 299, or if the runtime lacks what the module
 *   needs; and whatever fetch rejects with
 * @throws {WebAssembly.CompileError} if it is not a WebAssembly module
 * @example
 * ```js
 * import { init, newClient } from 'gatesign/slim'
 *
 * await init()
 * const client = newClient({ invokeUrl: 'https://abc123.execute-api.us-east-1.amazonaws.com/prod' })
 * console.log((await client.sign({ pathTemplate: '/movies' })).url)
 * ```
 */
export function init(
  source?: string | URL | Response | Promise<Response> | BufferSource | WebAssembly.Module,
): Promise<void>
