// Passes the texts of a job to the WebAssembly module and reads its answer. src/boundary.rs is the counterpart; jobs.ts
// defines which texts, module.ts holds the instance and its memory.

import { bytes, forget, refresh, start, started, textsFrom, view, wasm } from './module.ts'
import { newDecoder, newEncoder } from './utf8.ts'

/** Both are created at the first use: a runtime may get their classes later. */
let encoder: ReturnType<typeof newEncoder>
let decoder: ReturnType<typeof newDecoder>
/** Its number of bytes; there is no encoder yet. */
let decoded = Number.POSITIVE_INFINITY
/** How many instances there were before this one; their contents are lost. */
let generation = 0

/**
 * Runs a job that answers with a number.
 *
 * @param now ms since the epoch
 * @param number another number that the job needs
 * @param handle the job's client or signer
 */
export function callNumber(
  job: number,
  fields: string[],
  now: number = 0,
  number: number = 0,
  handle: number = 0,
  body: string | Uint8Array | null = null,
) {
  if (!started) {
    encoder = newEncoder()
    start()
  }
  const size = write(fields, body ?? '')
  return running(() => wasm.call(job, handle, fields.length, size, now, number))
}

/**
 * Runs a function of the module. Only the engine throws in it: it ran out of memory or of stack. The state of the
 * module is unknown then, so the next use creates another instance.
 */
function running<T>(call: () => T): T {
  try {
    return call()
  } catch (error) {
    generation += 1
    forget()
    throw new Error(
      `gatesign's module crashed in this call (${error}): existing clients and signers are lost, create new ones`,
      { cause: error },
    )
  }
}

/** Runs a job that answers with texts, or refuses. */
export function callTexts(
  job: number,
  fields: string[],
  now?: number,
  number?: number,
  handle?: number,
  body?: string | Uint8Array | null,
) {
  return partsOf(readAnswer(throwIfRefused(callNumber(job, fields, now, number, handle, body))))
}

/** The texts of an answer, which are separated by NUL. The platform's `split` takes a third longer for a new string. */
function partsOf(answer: string) {
  const parts = []
  let start = 0
  for (let end = answer.indexOf('\0'); end >= 0; end = answer.indexOf('\0', start)) {
    parts.push(answer.slice(start, end))
    start = end + 1
  }
  parts.push(answer.slice(start))
  return parts
}

/** Throws if the answer is a refusal. */
function throwIfRefused(answer: number) {
  if (answer < 0) throw new TypeError(readAnswer(-1 - answer))
  return answer
}

/** The text of the answer. */
function readAnswer(length: number) {
  const at = wasm.output() >>> 0
  refresh()
  decoded += length
  // That of Safari 16 to 18 stops at 2 GiB: https://github.com/rustwasm/wasm-bindgen/issues/4471
  if (decoded > 2 ** 31 - 2 ** 20) {
    decoder = newDecoder()
    decoded = length
  }
  return decoder.decode(bytes.subarray(at, at + length))
}

/**
 * A text of up to this many characters is written without its own view: creating one takes as long as writing the text.
 */
const SHORT = 2048
/** The most bytes of a character: this many for each character of a short text are always free. */
const LONGEST = 3

/** Writes the lengths of the fields, the fields and the body; returns the number of bytes. */
function write(fields: string[], body: string | Uint8Array) {
  let text = ''
  for (const field of fields) text += field
  const head = 4 * fields.length
  const size = head + text.length + body.length
  const at = room(size)
  // Nearly all requests are ASCII, with as many bytes as characters, and are written at once.
  const bodyAt = at + head + text.length
  if (!writeAscii(text, at + head) || (typeof body === 'string' && !writeAscii(body, bodyAt))) {
    return writeUnicode(fields, body)
  }
  for (let i = 0; i < fields.length; i += 1) view.setUint32(at + 4 * i, fields[i].length, true)
  if (typeof body !== 'string') bytes.set(body, bodyAt)
  return size
}

/** The address of this many free bytes. */
function room(size: number) {
  // The module would take a size modulo 2^32.
  const at = size < 2 ** 31 ? running(() => wasm.input(size + LONGEST * SHORT)) >>> 0 : 0
  if (at === 0) {
    throw new RangeError(`body must fit into WebAssembly's memory; got ${size} bytes: give bodyHash instead`)
  }
  refresh()
  return at
}

/** Writes a text; false if it has more bytes than characters. */
function writeAscii(text: string, at: number) {
  const { length } = text
  if (length === 0) return true
  const into = length > SHORT ? bytes.subarray(at, at + length) : textsFrom(at)
  const { read, written } = encoder.encodeInto(text, into)
  return read === length && written === length
}

function writeUnicode(fields: string[], body: string | Uint8Array) {
  // A lone surrogate has no UTF-8 form: it would arrive, and be signed, as another character.
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

/** A client or signer of the module. It is destroyed with the object that holds it, or earlier. */
export class Handle {
  declare what: string
  #number: number
  #generation
  #destroyJob

  constructor(what: 'client' | 'signer', destroyJob: number, job: number, fields: string[]) {
    this.what = what
    this.#destroyJob = destroyJob
    this.#number = throwIfRefused(callNumber(job, fields))
    this.#generation = generation
    abandoned?.register(this, [destroyJob, this.#number, generation], this)
  }

  /** @param now ms since the epoch */
  callTexts(job: number, fields: string[], now?: number, number?: number, body?: string | Uint8Array | null) {
    if (this.#number < 0) {
      throw new TypeError(`this ${this.what} was destroyed: its credentials are gone, create a new one`)
    }
    if (this.#generation !== generation) {
      throw new Error(
        `this ${this.what} is lost: gatesign's module crashed in an earlier call, create a new one`,
      )
    }
    return callTexts(job, fields, now, number, this.#number, body)
  }

  /** Wipes what the module holds for it. */
  destroy() {
    if (this.#number < 0) return
    abandoned?.unregister(this)
    destroy([this.#destroyJob, this.#number, this.#generation])
    this.#number = -1
  }
}

/**
 * @param handle the job, its number, and its instance: the handles of a lost instance are lost too
 */
function destroy([job, number, itsGeneration]: number[]) {
  if (itsGeneration === generation) callNumber(job, [], 0, 0, number)
}

/** @param handle whose object the engine has collected */
function destroyAbandoned(handle: number[]) {
  try {
    destroy(handle)
  } catch {
    // The module crashed and lost everything that it held. Nothing waits for this call.
  }
}

const abandoned =
  typeof FinalizationRegistry === 'function' ? new FinalizationRegistry(destroyAbandoned) : undefined
