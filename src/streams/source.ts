// Sources of bytes or text in parts: streams of the platform and of Node, and other async iterables.

/** A part of a source. */
export type Part = string | BufferSource
export type Source = ReadableStream<Part> | AsyncIterable<Part>
/** Everything that can be uploaded. */
export type Body = Source | Part | Blob

/** Whether it is a source of parts. */
export function isSource(value: unknown): value is Source {
  if (typeof value !== 'object' || value === null) return false
  return 'getReader' in value || Symbol.asyncIterator in value
}

/** Recognizes objects of any realm. */
const isA = (name: string, value: unknown) => Object.prototype.toString.call(value) === `[object ${name}]`
const isBlob = (value: unknown): value is Blob => isA('Blob', value) || isA('File', value)

/** One part as bytes. @param name of the argument, for the error if it is not one */
export function bytesOf(part: unknown, name: string): Uint8Array<ArrayBuffer> {
  if (typeof part === 'string') return new TextEncoder().encode(part)
  if (ArrayBuffer.isView(part)) {
    return new Uint8Array(part.buffer as ArrayBuffer, part.byteOffset, part.byteLength)
  }
  if (isA('ArrayBuffer', part)) return new Uint8Array(part as ArrayBuffer)
  throw new TypeError(`${name} must yield strings or bytes; got ${part === null ? 'null' : typeof part}`)
}

/** The length of a body in bytes, if it is known before it is read. */
export function lengthOf(body: unknown): number | undefined {
  if (isSource(body)) return
  if (isBlob(body)) return body.size
  if (typeof body === 'string' || ArrayBuffer.isView(body) || isA('ArrayBuffer', body)) {
    return bytesOf(body, 'body').length
  }
  throw new TypeError(
    `body must be a stream, an async iterable, a Blob, bytes or a string; got ${body === null ? 'null' : typeof body}`,
  )
}

/** Checks that a body has the expected length, if there is one. */
export function lengthIs(length: number | undefined) {
  let read = 0
  const wrong = () =>
    new RangeError(
      `body must have the ${length} bytes of contentLength; it has ${read < (length ?? 0) ? 'only' : 'at least'} ${read}`,
    )
  return {
    check(more: number) {
      read += more
      if (length !== undefined && read > length) throw wrong()
    },
    checkEnd() {
      if (length !== undefined && read < length) throw wrong()
    },
  }
}

/** Reads a source: like `AsyncIterator`, but it can be ended while it waits for a part. */
interface Reader {
  next(): Promise<{ done?: boolean | undefined; value?: unknown }>
  cancel(reason: unknown): unknown
}

function readerOf(source: Source): Reader {
  if ('getReader' in source) {
    const reader = source.getReader()
    return { next: () => reader.read(), cancel: (reason) => reader.cancel(reason) }
  }
  const iterator = source[Symbol.asyncIterator]()
  const { destroy } = source as { destroy?: unknown }
  return {
    async next() {
      const { done, value } = await iterator.next()
      // A copy: the source may fill the same buffer again while the part waits to be sent.
      return { done, value: done ? undefined : bytesOf(value, 'body').slice() }
    },
    // A Node stream's iterator would first wait for the next part.
    cancel: (reason) =>
      typeof destroy === 'function'
        ? destroy.call(source, reason instanceof Error ? reason : undefined)
        : iterator.return?.(),
  }
}

/** A larger part is passed on in pieces of at most this many bytes. */
const PIECE = 1024 * 1024

/** A body as a stream of the platform, which reads only on demand. */
export function streamOf(body: Body): ReadableStream<Uint8Array<ArrayBuffer>> {
  const source = isSource(body) ? body : isBlob(body) ? body.stream() : [body]
  const reader = Array.isArray(source) ? readerOf(partsOf(source)) : readerOf(source as Source)
  let rest = new Uint8Array(0)
  return new ReadableStream(
    {
      async pull(controller) {
        while (rest.length === 0) {
          const { done, value } = await reader.next()
          if (done) return controller.close()
          rest = bytesOf(value, 'body')
        }
        controller.enqueue(rest.subarray(0, PIECE))
        rest = rest.subarray(PIECE)
      },
      cancel: async (reason) => void (await reader.cancel(reason)),
    },
    { highWaterMark: 0 },
  )
}

async function* partsOf(parts: Part[]) {
  yield* parts
}

/**
 * Yields the parts as they arrive. If the reader stops, the source is ended too, so that no connection stays open.
 *
 * @param name of the argument, for the error if a part is not one
 */
export async function* readParts(source: Source, name: string): AsyncGenerator<string | Uint8Array, void> {
  for await (const part of 'getReader' in source ? readStream(source) : source) {
    yield typeof part === 'string' ? part : bytesOf(part, name)
  }
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
    // Nothing waits for the result.
    if (!ended) reader.cancel().catch(() => {})
    reader.releaseLock()
  }
}
