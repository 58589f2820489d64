// Uploads that are signed while they are sent: only one chunk of a body is held in memory.

import { S3_SERVICES } from '../js/s3.ts'
import { checksumHeader } from './checksums.ts'
import { ChunkEncoder, type ChunkSigner, type Encoding, encodedLength, Signatures } from './chunks.ts'
import { type Body, bytesOf, lengthIs, streamOf } from './source.ts'
import {
  booleanOf,
  checkSignal,
  checksumOption,
  chunkSizeOption,
  headersOption,
  lengthOfBody,
  lengthOption,
  mustBe,
  objectOf,
  type UploadOptions,
} from './upload-options.ts'

type Header = [name: string, value: unknown]

/** A signer from `createSigner` of any entry. */
export interface StreamSigner extends ChunkSigner {
  sign(request: {
    method: string
    url: unknown
    headers: Header[]
    body?: unknown
    bodyHash?: string
    date?: unknown
  }): {
    method: string
    url: string
    headers: Record<string, string>
  }
}

export interface ChunkRequest extends UploadOptions {
  method?: string | undefined
  url: unknown
  date?: unknown
}

export interface StreamRequest extends ChunkRequest {
  body: Body
  signal?: AbortSignal | undefined
}

export const UNSIGNED = 'UNSIGNED-PAYLOAD'

export function signStream(signer: StreamSigner, request: StreamRequest) {
  const { body, signal, ...rest } = objectOf('request', request)
  checkSignal(signal)
  const contentLength = lengthOfBody(body, rest)
  const { transform, ...signed } = signChunks(signer, { ...rest, contentLength })
  const options = signal && { signal }
  return {
    ...signed,
    body: withoutText(streamOf(body).pipeThrough(transform, options)),
    duplex: 'half' as const,
    ...options,
    ...ofNode(),
  }
}

/** A fetch that cannot send streams would send `[object ReadableStream]`, because it converts other objects to text. */
function withoutText<T extends object>(body: T): T {
  const value = () => {
    throw new TypeError('body cannot be sent: fetch does not send streams here. Use uploadInParts')
  }
  return Object.defineProperty(body, 'toString', { value })
}

/**
 * Node's fetch sends a copy of each request and keeps the whole stream for the original, unless the options rule out a
 * window to prompt in and a redirect to repeat the request for.
 * https://github.com/nodejs/undici/blob/v6.21.0/lib/web/fetch/index.js#L1436
 */
function ofNode(): { redirect?: 'error'; window?: null } {
  const { process } = globalThis as { process?: { versions?: { undici?: string } } }
  return process?.versions?.undici ? { redirect: 'error', window: null } : {}
}

export function signChunks(signer: StreamSigner, request: ChunkRequest) {
  const { method = 'PUT', url, date, ...options } = objectOf('request', request)
  const { service, signsByDefault } = aboutSigner(signer)
  const signs = booleanOf('signPayload', options.signPayload ?? signsByDefault)
  const mayChunk = S3_SERVICES.includes(service)
  if (signs && !mayChunk) {
    throw new TypeError(
      `signPayload must be false to stream to ${service}, which must accept ${UNSIGNED}: only S3 takes signed chunks`,
    )
  }
  const checksum = checksumOption(options, mayChunk)
  const encoding = { signs, checksum, chunkSize: chunkSizeOption(options) }
  const length = lengthOption(options)
  const headers = headersOption(options)
  if (!signs && !checksum) {
    headers.push(['x-amz-content-sha256', UNSIGNED])
    const signed = signer.sign({ method, url, headers, date })
    return { ...requestOf(signed), contentLength: length, transform: transformOf(length) }
  }
  if (length === undefined) {
    throw new TypeError(
      'contentLength must be given: S3 needs to know the length of a body in chunks; use uploadInParts for one of unknown length',
    )
  }
  const signed = signer.sign({ method, url, headers: withChunkHeaders(headers, length, encoding), date })
  const encoder = new ChunkEncoder(encoding, signs ? signaturesOf(signer, signed.headers) : undefined)
  return {
    ...requestOf(signed),
    contentLength: encodedLength(length, encoding) as number | undefined,
    transform: transformOf(length, encoder),
  }
}

const requestOf = ({ method, url, headers }: ReturnType<StreamSigner['sign']>) => ({ method, url, headers })

/** The signer's service, and whether it signs bodies by default. */
export function aboutSigner(signer: StreamSigner) {
  if (typeof signer?.explain !== 'function') throw mustBe('signer', 'one of createSigner', signer)
  const body = Uint8Array.of(0)
  const { credentialScope, payloadHash } = signer.explain({ url: { host: 'stream', path: '/' }, body })
  return { service: credentialScope.split('/').at(-2) ?? '', signsByDefault: payloadHash !== UNSIGNED }
}

/** The headers that say how the body is sent. */
function withChunkHeaders(headers: Header[], length: number, { signs, checksum }: Encoding): Header[] {
  const isEncoding = ([name]: Header) => String(name).toLowerCase() === 'content-encoding'
  // The encodings are listed in the order in which they were applied (RFC 9110 section 8.4).
  const encodings = [...headers.filter(isEncoding).map(([, value]) => value), 'aws-chunked']
  const all: Header[] = [
    ...headers.filter((header) => !isEncoding(header)),
    ['content-encoding', encodings.join(',')],
    ['x-amz-decoded-content-length', length],
    [
      'x-amz-content-sha256',
      `STREAMING-${signs ? 'AWS4-HMAC-SHA256-PAYLOAD' : UNSIGNED}${checksum ? '-TRAILER' : ''}`,
    ],
  ]
  if (checksum) all.push(['x-amz-trailer', checksumHeader(checksum)])
  return all
}

/** The signatures of the chunks start from the signature of the request. */
function signaturesOf(signer: StreamSigner, headers: Record<string, string>): Signatures {
  const { authorization = '', 'x-amz-date': date = '' } = headers
  const found = /^AWS4-HMAC-SHA256 Credential=[^/]+\/([^,]+), .*Signature=(\w+)$/.exec(authorization)
  if (!found)
    throw new TypeError(
      'signer must sign with Signature Version 4: other signatures do not cover chunks here',
    )
  const [, scope = '', seed = ''] = found
  return new Signatures(signer, date, scope, seed)
}

/** Encodes if there is an encoder, and checks that the body has the length that was signed. */
function transformOf(length: number | undefined, encoder?: ChunkEncoder) {
  const { check, checkEnd } = lengthIs(length)
  return new TransformStream<unknown, Uint8Array<ArrayBuffer>>({
    transform(part, controller) {
      const bytes = bytesOf(part, 'body')
      check(bytes.length)
      if (!encoder) return controller.enqueue(bytes)
      for (const chunk of encoder.write(bytes)) controller.enqueue(chunk)
    },
    flush(controller) {
      checkEnd()
      for (const chunk of encoder?.end() ?? []) controller.enqueue(chunk)
    },
  })
}
