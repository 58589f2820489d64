// The smallest download: the module is a file of its own, and init() loads it, or the one without SIMD
// where there is none.

import { compileError, lacksSimd, useModule } from 'gatesign-src/module.js'

let pending

/**
 * @param {string | URL | Response | Promise<Response> | BufferSource | WebAssembly.Module} [source]
 */
export function init(source = besideThis()) {
  pending ??= compile(source).then(
    (module) => useModule(() => new WebAssembly.Instance(module)),
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

async function compile(source) {
  if (source instanceof WebAssembly.Module) return source
  const given = await (typeof source === 'string' || source instanceof URL ? fetch(source) : source)
  if (!(given instanceof Response)) return WebAssembly.compile(given)
  if (!given.ok) throw new Error(`the module cannot be loaded from ${given.url}: status ${given.status}`)
  return WebAssembly.compile(await given.arrayBuffer())
}

export * from 'gatesign-src/index.js'
export { default } from 'gatesign-src/index.js'
