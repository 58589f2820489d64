// How the texts of a job go into the WebAssembly module and its answer comes out. src/boundary.rs is the counterpart;
// jobs.ts says which texts, module.ts has the instance and its memory.

import { bytes, forget, refresh, start, started, textsFrom, view, wasm } from './module.ts'
import { newDecoder, newEncoder } from './utf8.ts'

/** Both are made at the first use: a runtime may get their classes later. */
let encoder: ReturnType<typeof newEncoder>
let decoder: ReturnType<typeof newDecoder>
/** How many bytes it has read; there is none yet. */
let decoded = Number.POSITIVE_INFINITY
/** How many instances there were before this one: what they held is gone. */
let generation = 0

/**
 * Does a job that answers a number.
 *
 * @param now ms since the epoch
 * @param number what else the job needs
 * @param handle of which client or signer the job is
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
 * Runs a function of the module. What it throws comes from the engine: there was no memory, or no room on the
 * stack. Nobody knows in what state that left the module, so another instance is made at the next use.
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

/** Does a job that answers texts, or refuses. */
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

/** The texts of an answer, between its NULs. The platform's `split` takes a third longer for a fresh text. */
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

/** A text of as many characters is written without a view of its own: making one takes as long as writing it. */
const SHORT = 2048
/** No character has more bytes: so many for each of a short text are always free. */
const LONGEST = 3

/** Writes the lengths of the fields, the fields and the body; gives the number of bytes. */
function write(fields: string[], body: string | Uint8Array) {
  let text = ''
  for (const field of fields) text += field
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

  /** Wipes what the module holds of it. */
  destroy() {
    if (this.#number < 0) return
    abandoned?.unregister(this)
    destroy([this.#destroyJob, this.#number, this.#generation])
    this.#number = -1
  }
}

/**
 * @param handle the job, its number, and of which instance it is: what a lost one held is lost with it
 */
function destroy([job, number, itsGeneration]: number[]) {
  if (itsGeneration === generation) callNumber(job, [], 0, 0, number)
}

/** @param handle whose object the engine has collected */
function destroyAbandoned(handle: number[]) {
  try {
    destroy(handle)
  } catch {
    // The module crashed and lost everything that it held. Nobody waits for this call.
  }
}

const abandoned =
  typeof FinalizationRegistry === 'function' ? new FinalizationRegistry(destroyAbandoned) : undefined
