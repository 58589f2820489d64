// gatesign/events and gatesign/streams: what they take, and what comes of it.

import { createSigner, newClient } from 'gatesign'
import { type EventReader, readEvents, type ServerSentEvent } from 'gatesign/events'
import {
  type ChecksumAlgorithm,
  signChunks,
  signStream,
  type UploadResult,
  uploadInParts,
} from 'gatesign/streams'

export async function chat(url: string) {
  const client = newClient({ invokeUrl: url })
  const events: EventReader = readEvents(await client.fetch(url), { lastEventId: '1', maxEventLength: 1000 })
  for await (const { type, data, lastEventId } of events) {
    const texts: string[] = [type, data, lastEventId]
    console.log(texts)
  }
  const ms: number | undefined = events.reconnectionTime
  const last: string = events.lastEventId
  const result = await client.invokeApi({}, '', 'GET', { responseType: 'stream' })
  const first: IteratorResult<ServerSentEvent, undefined> = await readEvents(result).next()
  // @ts-expect-error: it is read only
  events.lastEventId = '2'
  return { ms, last, first }
}

readEvents(new ReadableStream<Uint8Array>())
readEvents(
  (async function* () {
    yield 'data: a\n\n'
  })(),
)
// @ts-expect-error: a text is not a stream
readEvents('data: a\n\n')
// @ts-expect-error: an id is a text
readEvents(new Response(''), { lastEventId: 1 })

const signer = createSigner({ accessKeyId: 'A', secretAccessKey: 'B', region: 'us-east-1', service: 's3' })
const checksum: ChecksumAlgorithm = 'CRC64NVME'
const request = { url: 'https://bucket.example/key', contentLength: 5, checksum, chunkSize: 8192 }

export async function upload(body: ReadableStream<Uint8Array>, signal: AbortSignal) {
  const { url, ...init } = signStream(signer, {
    ...request,
    body,
    signal,
    headers: { 'content-type': 'text/plain' },
  })
  const length: number | undefined = init.contentLength
  return { response: await fetch(url, init), length }
}

export async function pipe(body: ReadableStream<Uint8Array>) {
  const { url, method, headers, transform } = signChunks(signer, { ...request, signPayload: false })
  const init = { method, headers, body: body.pipeThrough(transform), duplex: 'half' as const }
  return fetch(url, init)
}

signStream(signer, { ...request, body: new Blob(['a']), checksum: null })
// @ts-expect-error: there is a body
signStream(signer, request)
// @ts-expect-error: S3 has no such checksum
signStream(signer, { ...request, body: 'a', checksum: 'CRC16' })

export async function parts(body: ReadableStream<Uint8Array>, signal: AbortSignal) {
  const { etag, size }: UploadResult = await uploadInParts(signer, {
    url: new URL('https://bucket.example/key'),
    body,
    signal,
    checksum,
    onProgress: ({ loaded, total }) => console.log(loaded + (total ?? 0)),
  })
  await uploadInParts(async () => signer, { url: 'https://bucket.example/key', body: 'a', fetch })
  // @ts-expect-error: there is a URL
  await uploadInParts(signer, { body })
  // @ts-expect-error: parts have no chunks
  await uploadInParts(signer, { url: 'https://bucket.example/key', body, chunkSize: 8192 })
  return { etag, size }
}
