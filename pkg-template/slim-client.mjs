// gatesign/slim but for diagnose: the module is a file of its own. init() loads it, or the one without SIMD where
// there is none.

import { compileError, lacksSimd, useModule, useNone } from 'gatesign-src/module.ts'

useNone()

let pending

/**
 * @param {string | URL | Response | Promise<Response> | BufferSource | WebAssembly.Module} [source]
 */
export function init(source = nextToThis()) {
  pending ??= instantiate(source).then(use, (error) => {
    pending = undefined
    throw compileError(error)
  })
  return pending
}

/** Both addresses in full, as bundlers look for them. */
function nextToThis() {
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
  return WebAssembly.instantiate(given?.arrayBuffer ? await given.arrayBuffer() : given)
}

/** Another instance is made only if the first one ended. */
function use({ module, instance }) {
  let first = instance
  useModule(() => {
    const made = first ?? new WebAssembly.Instance(module)
    first = undefined
    return made
  })
}

export {
  apigClientFactory,
  apigClientFactory as default,
  createSigner,
  endpointOf,
  newClient,
} from 'gatesign-src/index.ts'
