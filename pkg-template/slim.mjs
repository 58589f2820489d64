// The smallest download: the module is a file of its own, and init() loads it, or the one without SIMD
// where there is none.

import { compileError, lacksSimd, useModule } from 'gatesign-src/module.js'

let pending

/**
 * @param {string | URL | Response | Promise<Response> | BufferSource | WebAssembly.Module} [source]
 */
export function init(source = besideThis()) {
  pending ??= instantiate(source).then(
    ({ module, instance }) => {
      /** @type {WebAssembly.Instance | undefined} */
      let first = instance
      // One more is needed only after the first one ended.
      useModule(() => {
        const next = first ?? new WebAssembly.Instance(module)
        first = undefined
        return next
      })
    },
    (error) => {
      pending = undefined
      throw compileError(error)
    },
  )
  return pending
}

/** Both addresses in full, as bundlers look for them. */
function besideThis() {
  return lacksSimd()
    ? new URL('gatesign-nosimd.wasm', import.meta.url)
    : new URL('gatesign.wasm', import.meta.url)
}

/**
 * Asynchronously to the end: Chrome before 115 neither compiles nor instantiates more than 4 KB at once on a
 * page's main thread.
 */
async function instantiate(source) {
  if (source instanceof WebAssembly.Module) {
    return { module: source, instance: await WebAssembly.instantiate(source) }
  }
  const given = await (typeof source === 'string' || source instanceof URL ? fetch(source) : source)
  if (given?.ok === false) {
    throw new Error(`the module cannot be loaded from ${given.url}: status ${given.status}`)
  }
  const bytes = given?.arrayBuffer ? await given.arrayBuffer() : given
  return WebAssembly.instantiate(bytes)
}

export * from 'gatesign-src/index.js'
export { default } from 'gatesign-src/index.js'
