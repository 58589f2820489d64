/**
 * Everything of the main entry, with the WebAssembly module as a file of its own: for old browsers, and where the
 * module is to be cached apart from the scripts.
 */

export * from './index.js'
export { default } from './index.js'

/**
 * Loads and starts the module; await it before the first call of `newClient`, `createSigner` or `diagnose`,
 * which throw an `Error` until then. All of it is asynchronous, as Chrome before 115 needs it on a page's main
 * thread.
 *
 * Later calls give the first one's promise; after a failure the next one tries again. In Node, Deno and
 * Bun the module comes with the code: there it resolves at once, whatever `source` is.
 *
 * @param source where the module is, or what it holds. Default: `gatesign.wasm` next to this script, or
 *   `gatesign-nosimd.wasm` where WebAssembly has no SIMD (processors without SSE4.1, Safari before 16.4), which
 *   Vite and webpack understand; with other bundlers give the address under which you serve
 *   `gatesign/gatesign.wasm`, which needs SIMD, or `gatesign/gatesign-nosimd.wasm`, which does not
 * @throws {Error} if the address answers with another status than 200 to 299, or the runtime lacks what
 *   the module needs; what fetch rejects with
 * @throws {WebAssembly.CompileError} if it is no WebAssembly module
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
