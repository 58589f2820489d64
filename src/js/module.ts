// The WebAssembly module: its instance, the views of its memory, and what it means if there is none. Which
// bytes or module it is made from is the entry's business: each entry in pkg-template/ calls `useModule`.

let load: () => WebAssembly.Instance
/** Its addresses are negative from 2^31 on. */
export let wasm: typeof import('gatesign-wasm')
/** Whether there is an instance. */
export let started = false
/** All of the memory, replaced when it has grown. */
export let bytes: Uint8Array = new Uint8Array(0)
export let view = new DataView(bytes.buffer)
/** The memory from a place on. */
let texts = bytes

/** @param loader called at the first use */
export function useModule(loader: () => WebAssembly.Instance) {
  load = () => {
    try {
      return loader()
    } catch (error) {
      throw compileError(error)
    }
  }
}

/** For an entry whose module comes later: until then a call says so. */
export function useNone() {
  load = () => {
    throw new Error('gatesign/slim: await init() before the first call')
  }
}

/** Makes the instance when it is first needed. */
export function start() {
  wasm = load().exports as any
  started = true
}

/** Leaves an instance that ended; the next use makes another one. */
export function forget() {
  started = false
  bytes = new Uint8Array(0)
}

/** Makes the views again if the memory has grown: then they have no bytes any more. */
export function refresh() {
  if (bytes.length > 0) return
  bytes = texts = new Uint8Array(wasm.memory.buffer)
  view = new DataView(bytes.buffer)
}

/** The memory from a place on, in the view that was made for the last place if it is the same. */
export function textsFrom(at: number) {
  if (texts.byteOffset !== at) texts = bytes.subarray(at)
  return texts
}

/** The smallest module with a SIMD instruction in it. */
const SIMD = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98,
  11,
]

/** Whether there is WebAssembly, but without SIMD: then `gatesign-nosimd.wasm` is the module to take. */
export const lacksSimd = () => 'WebAssembly' in globalThis && !WebAssembly.validate(Uint8Array.from(SIMD))

/**
 * What it means that the module did not compile.
 *
 * @returns an error that names what the runtime lacks and the way out, or the error itself
 */
export function compileError(error: unknown): unknown {
  const found = lacking(error)
  if (!found) return error
  const [what, who, instead] = found
  return new Error(
    `gatesign needs WebAssembly${what}, which this runtime does not have or has turned off (${who} it)${instead}`,
    { cause: error },
  )
}

/** @returns what the runtime lacks, who else does, and the way out */
function lacking(error: unknown): string[] | undefined {
  if (!('WebAssembly' in globalThis)) return ['', "React Native's Hermes lacks", '']
  if (lacksSimd()) {
    return [
      ' SIMD',
      'Safari before 16.4 and processors without SSE4.1 lack',
      '; gatesign/slim loads gatesign-nosimd.wasm instead; Node takes it from next to the script',
    ]
  }
  // Chrome's texts, Firefox' and Safari's: they name 'unsafe-eval', which allows far more than is needed.
  if (/Content Security|CSP|unsafe-eval/i.test(`${(error as any)?.message}`)) {
    return ['', "the page's Content-Security-Policy forbids", ": add 'wasm-unsafe-eval' to its script-src"]
  }
  // Chrome's text for more than 4 KB.
  if (error instanceof RangeError && /disallowed/.test(error.message)) {
    return [
      " compiled at once on a page's main thread",
      'Chrome before 115 lacks',
      '; await init() of gatesign/slim, or use a worker',
    ]
  }
}
