// The WebAssembly module and its instance: how a job's texts go in and its answer comes out. Which
// bytes or module it is made from is the entry's business: each entry in pkg-template/ calls
// `useModule` once. src/boundary.rs is the counterpart.

/** The numbers of the jobs, as in src/boundary/job.rs. */
export const NEW_CLIENT = 0
export const SET_CREDENTIALS = 1
export const PREPARE = 2
export const PRESIGN_CALL = 3
export const NEW_SIGNER = 4
export const SIGN = 5
export const PRESIGN = 6
export const SIGN_STRING = 7
export const TEMPLATE_NAMES = 8
export const IS_RETRYABLE = 9
export const EXPONENTIAL_DELAY = 10
export const RETRY_AFTER = 11
export const SERVER_TIME = 12
export const DIAGNOSE = 13
const DESTROY = 14

/** @type {(() => WebAssembly.Module) | undefined} */
let load
/** Its addresses are negative from 2^31 on. @type {typeof import('gatesign-wasm')} */
let wasm
/** The address of the module's one object; 0 until there is an instance. */
let core = 0
/** All of the memory; made anew when it has grown. @type {Uint8Array} */
let bytes = new Uint8Array(0)
let view = new DataView(bytes.buffer)

const encoder = new TextEncoder()
const newDecoder = () => new TextDecoder('utf-8', { ignoreBOM: true })
let decoder = newDecoder()
/** How many bytes it has read. */
let decoded = 0

/**
 * @param {() => WebAssembly.Module} loader called at the first use
 */
export function useModule(loader) {
  load = loader
}

/** Makes the instance when it is first needed. */
function start() {
  if (!load) throw new Error('gatesign/slim: await init() before the first call')
  try {
    wasm = /** @type {any} */ (new WebAssembly.Instance(load()).exports)
  } catch (error) {
    throw compileError(error)
  }
  core = wasm.core_new()
}

/**
 * Does a job that answers a number.
 *
 * @param {number} job
 * @param {string[]} fields
 * @param {number} [now] ms since the epoch
 * @param {number} [number] what else the job needs
 * @param {number} [owner] of which client or signer the job is
 * @param {string | Uint8Array | null} [body]
 */
export function ask(job, fields, now = 0, number = 0, owner = 0, body = null) {
  if (core === 0) start()
  const size = write(fields, body ?? '')
  return wasm.core_call(core, job, owner, fields.length, size, now, number)
}

/**
 * Does a job that answers texts, or refuses.
 *
 * @type {(...job: Parameters<typeof ask>) => string[]}
 */
export function tell(job, fields, now, number, owner, body) {
  return read(checked(ask(job, fields, now, number, owner, body))).split('\0')
}

/** Throws if the answer is a refusal. */
function checked(/** @type {number} */ answer) {
  if (answer < 0) throw new TypeError(read(-1 - answer))
  return answer
}

/** The text of the answer. */
function read(/** @type {number} */ length) {
  const at = wasm.core_output(core) >>> 0
  refresh()
  decoded += length
  // That of Safari 16 to 18 stops at 2 GiB: https://github.com/rustwasm/wasm-bindgen/issues/4471
  if (decoded > 2 ** 31 - 2 ** 20) {
    decoder = newDecoder()
    decoded = length
  }
  return decoder.decode(bytes.subarray(at, at + length))
}

function refresh() {
  if (bytes.buffer === wasm.memory.buffer) return
  bytes = new Uint8Array(wasm.memory.buffer)
  view = new DataView(bytes.buffer)
}

/**
 * Writes the lengths of the fields, the fields and the body; gives the number of bytes.
 *
 * @param {string[]} fields
 * @param {string | Uint8Array} body
 */
function write(fields, body) {
  const text = fields.join('')
  const head = 4 * fields.length
  const size = head + text.length + body.length
  const at = room(size)
  // Nearly all requests are ASCII: as many bytes as characters, written at once.
  const bodyAt = at + head + text.length
  if (!writeAscii(text, at + head) || (typeof body === 'string' && !writeAscii(body, bodyAt))) {
    return writeUnicode(fields, body)
  }
  for (let i = 0; i < fields.length; i += 1) view.setUint32(at + 4 * i, fields[i].length, true)
  if (typeof body !== 'string') bytes.set(body, bodyAt)
  return size
}

/** Where so many bytes may be written. */
function room(/** @type {number} */ size) {
  // The module would take a size modulo 2^32.
  const at = size < 2 ** 31 ? wasm.core_input(core, size) >>> 0 : 0
  if (at === 0) {
    throw new RangeError(`body must fit into WebAssembly's memory; got ${size} bytes: give bodyHash instead`)
  }
  refresh()
  return at
}

/** Writes a text; false if it has more bytes than characters. */
function writeAscii(/** @type {string} */ text, /** @type {number} */ at) {
  return encoder.encodeInto(text, bytes.subarray(at, at + text.length)).read === text.length
}

/**
 * @param {string[]} fields
 * @param {string | Uint8Array} body
 */
function writeUnicode(fields, body) {
  // A lone surrogate has no UTF-8: it would arrive as another character and be signed as that.
  if (fields.some((field) => /\p{Surrogate}/u.test(field))) {
    throw new TypeError(
      'the arguments must not contain a lone surrogate (half of a character outside the BMP)',
    )
  }
  const parts = [...fields, body].map((part) => (typeof part === 'string' ? encoder.encode(part) : part))
  const size = parts.reduce((sum, part) => sum + part.length, 4 * fields.length)
  let at = room(size)
  for (let i = 0; i < fields.length; i += 1) view.setUint32(at + 4 * i, parts[i].length, true)
  at += 4 * fields.length
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return size
}

/** A client or signer of the module; destroyed with the object that has it, or before. */
export class Owner {
  /** @type {number} */
  #number

  /**
   * @param {'client' | 'signer'} what
   * @param {number} job
   * @param {string[]} fields
   */
  constructor(what, job, fields) {
    this.what = what
    this.#number = checked(ask(job, fields))
    abandoned?.register(this, this.#number, this)
  }

  /**
   * @param {number} job
   * @param {string[]} fields
   * @param {number} [now] ms since the epoch
   * @param {number} [number]
   * @param {string | Uint8Array | null} [body]
   */
  tell(job, fields, now, number, body) {
    if (this.#number < 0) {
      throw new TypeError(`this ${this.what} was destroyed: its credentials are gone, make a new one`)
    }
    return tell(job, fields, now, number, this.#number, body)
  }

  /** Wipes what the module holds of it. */
  destroy() {
    if (this.#number < 0) return
    abandoned?.unregister(this)
    destroy(this.#number)
    this.#number = -1
  }
}

const destroy = (/** @type {number} */ owner) => ask(DESTROY, [], 0, 0, owner)

/** @param {number} owner whose object the engine has collected */
function destroyAbandoned(owner) {
  try {
    destroy(owner)
  } catch {
    // The engine's stack was full in an earlier job, which ended the module. Nobody waits for this one.
  }
}

const abandoned =
  typeof FinalizationRegistry === 'function' ? new FinalizationRegistry(destroyAbandoned) : undefined

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
 * @param {unknown} error
 * @returns {unknown} an error that names what the runtime lacks and the way out, or the error itself
 */
export function compileError(error) {
  const simd = lacksSimd()
  if (!simd && 'WebAssembly' in globalThis) return error
  const lacking = simd ? ' SIMD (Safari before 16.4 and processors without SSE4.1 lack it)' : ''
  const instead = simd
    ? '; gatesign/slim loads gatesign-nosimd.wasm instead, Node from beside the script'
    : ''
  return new Error(
    `gatesign needs WebAssembly${lacking}, which this runtime does not have or has turned off${instead}`,
    { cause: error },
  )
}
