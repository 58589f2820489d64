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
    try {
      initSync({ module: load() })
    } catch (error) {
      throw compileError(error)
    }
    ready = true
  }
  return functions
}

/**
 * Stands in for a core that was freed: all that would sign is refused, and freeing again is fine.
 *
 * @param {'client' | 'signer'} what
 */
export function destroyed(what) {
  const refuse = () => {
    throw new TypeError(`this ${what} was destroyed: its credentials are gone, make a new one`)
  }
  return {
    prepare: refuse,
    prepareText: refuse,
    presign: refuse,
    setCredentials: refuse,
    sign: refuse,
    signString: refuse,
    signText: refuse,
    free() {},
  }
}

/** The smallest module with a SIMD instruction in it. */
const SIMD = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98,
  11,
]

/**
 * What it means that the module did not compile. Only asked after a failure: the probe costs nothing
 * where all is well.
 *
 * @param {unknown} error
 * @returns {unknown} an error that names what the runtime lacks, or the error itself
 */
export function compileError(error) {
  const present = 'WebAssembly' in globalThis
  if (present && WebAssembly.validate(Uint8Array.from(SIMD))) return error
  const lacking = present
    ? 'WebAssembly SIMD (Safari before 16.4 and processors without SSE4.1 lack it)'
    : 'WebAssembly'
  return new Error(`gatesign needs ${lacking}, which this runtime does not have or has turned off`, {
    cause: error,
  })
}
