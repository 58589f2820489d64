// The WebAssembly module and its instance. Which bytes or module it is made from is the entry's
// business: each entry in pkg-template/ calls `useModule` once.

import * as glue from 'gatesign-wasm'

/** @type {(() => BufferSource | WebAssembly.Module) | undefined} */
let load
let ready = false

/**
 * @param {() => BufferSource | WebAssembly.Module} loader called at the first use
 */
export function useModule(loader) {
  load = loader
}

/** The module's functions; makes the instance when they are first needed. */
export function core() {
  if (!ready) {
    if (!load) throw new Error('gatesign/slim: await init() before the first call')
    glue.initSync({ module: load() })
    ready = true
  }
  return glue
}
