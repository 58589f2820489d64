// What gives bytes or text in parts: the platform's streams, Node's, and whatever else can be iterated.

/** A part of what is read. */
export type Part = string | BufferSource

/** Whether `readParts` reads it. */
export function isSource(value: unknown): value is ReadableStream<Part> | AsyncIterable<Part> {
  if (typeof value !== 'object' || value === null) return false
  return 'getReader' in value || Symbol.asyncIterator in value
}

/**
 * The parts as they come. If the reader stops, the source is told so: a connection is not kept for nothing.
 *
 * @param name of the argument, for the error of a part that is none
 */
export async function* readParts(
  source: ReadableStream<Part> | AsyncIterable<Part>,
  name: string,
): AsyncGenerator<string | Uint8Array, void> {
  for await (const part of 'getReader' in source ? readStream(source) : source) yield bytesOf(part, name)
}

/** Safari's streams cannot be iterated. */
async function* readStream(stream: ReadableStream<Part>): AsyncGenerator<Part, void> {
  const reader = stream.getReader()
  let ended = false
  try {
    for (;;) {
      const { done, value } = await reader.read()
      ended = done
      if (done) return
      yield value
    }
  } catch (error) {
    ended = true
    throw error
  } finally {
    // What comes of it interests nobody any more.
    if (!ended) reader.cancel().catch(() => {})
    reader.releaseLock()
  }
}

function bytesOf(part: unknown, name: string): string | Uint8Array {
  if (typeof part === 'string') return part
  if (ArrayBuffer.isView(part)) return new Uint8Array(part.buffer, part.byteOffset, part.byteLength)
  // Of any realm.
  if (Object.prototype.toString.call(part) === '[object ArrayBuffer]')
    return new Uint8Array(part as ArrayBuffer)
  throw new TypeError(`${name} must give strings or bytes; got ${part === null ? 'null' : typeof part}`)
}
