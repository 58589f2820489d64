// The WebAssembly module and its instance. Which bytes or module it is made from is the entry's
// business: each entry in pkg-template/ calls `useModule` once.

import {
  ClientCore,
  diagnose,
  exponentialDelay,
  initSync,
  isRetryable,
  retryAfter,
  SignerCore,
  serverTime,
  templateVariables,
} from 'gatesign-wasm'

/** Named one by one, so that the glue's other functions are left out of the bundles. */
const functions = {
  ClientCore,
  SignerCore,
  diagnose,
  exponentialDelay,
  isRetryable,
  retryAfter,
  serverTime,
  templateVariables,
}

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
    initSync({ module: load() })
    ready = true
  }
  return functions
}
