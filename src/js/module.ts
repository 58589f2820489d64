// The WebAssembly module: its instance, the views of its memory, and the errors if it cannot be loaded. Each entry in
// pkg-template/ calls `useModule` with the bytes or module to use.

let load: () => WebAssembly.Instance
/** Its addresses become negative from 2^31 on. */
export let wasm: typeof import('gatesign-wasm')
/** Whether there is an instance. */
export let started = false
/** A view of the whole memory, replaced when the memory has grown. */
export let bytes: Uint8Array = new Uint8Array(0)
export let view = new DataView(bytes.buffer)
/** A view of the memory from an offset on. */
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

/** For an entry that loads its module later: until then a call throws an error that says so. */
export function useNone() {
  load = () => {
    throw new Error('gatesign/slim: await init() before the first call')
  }
}

/** Creates the instance when it is first needed. */
export function start() {
  wasm = load().exports as any
  started = true
}

/** Drops an instance that crashed; the next use creates another one. */
export function forget() {
  started = false
  bytes = new Uint8Array(0)
}

/** Recreates the views if the memory has grown, which detaches them. */
export function refresh() {
  if (bytes.length > 0) return
  bytes = texts = new Uint8Array(wasm.memory.buffer)
  view = new DataView(bytes.buffer)
}

/** A view of the memory from an offset on; the last view is used again if the offset is the same. */
export function textsFrom(at: number) {
  if (texts.byteOffset !== at) texts = bytes.subarray(at)
  return texts
}

/** The smallest module with a SIMD instruction. */
const SIMD = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98,
  11,
]

/** Whether there is WebAssembly, but without SIMD, so that `gatesign-nosimd.wasm` has to be used. */
export const lacksSimd = () => 'WebAssembly' in globalThis && !WebAssembly.validate(Uint8Array.from(SIMD))

/**
 * Explains why the module did not compile.
 *
 * @returns an error that names what the runtime lacks and how to fix it, or the error itself
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

/** @returns what the runtime lacks, which others lack it too, and how to fix it */
function lacking(error: unknown): string[] | undefined {
  if (!('WebAssembly' in globalThis)) return ['', "React Native's Hermes lacks", '']
  if (lacksSimd()) {
    return [
      ' SIMD',
      'Safari before 16.4 and processors without SSE4.1 lack',
      '; gatesign/slim loads gatesign-nosimd.wasm instead; Node takes it from next to the script',
    ]
  }
  // The messages of Chrome, Firefox and Safari name 'unsafe-eval', which allows far more than is needed.
  if (/Content Security|CSP|unsafe-eval/i.test(`${(error as any)?.message}`)) {
    return ['', "the page's Content-Security-Policy forbids", ": add 'wasm-unsafe-eval' to its script-src"]
  }
  // Chrome's message for more than 4 KB.
  if (error instanceof RangeError && /disallowed/.test(error.message)) {
    return [
      " compiled at once on a page's main thread",
      'Chrome before 115 lacks',
      '; await init() of gatesign/slim, or use a worker',
    ]
  }
}
