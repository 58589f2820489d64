// An S3 that takes every upload in parts, but for what a test answers instead.

import assert from 'node:assert/strict'
import { createSigner } from 'gatesign'
import { uploadInParts } from 'gatesign/streams'

export const SIGNER = {
  accessKeyId: 'A',
  secretAccessKey: 'not-shown-anywhere',
  region: 'us-east-1',
  service: 's3',
}
export const signer = createSigner(SIGNER)
export const TARGET = 'https://bucket.s3.us-east-1.amazonaws.com/key'
export const PART = 5 * 1024 * 1024
export const BYTES = Buffer.alloc(2 * PART + 10, 7)

export async function* pieces(bytes = BYTES) {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
}

export const xml = (status, text, headers) =>
  new Response(`<?xml version="1.0"?>\n${text}`, { status, headers })
export const refusal = (status, code) =>
  xml(status, `<Error><Code>${code}</Code><Message>Because &amp; so</Message></Error>`)
export const opaqueRedirect = () =>
  Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' })
export const ETAG = '"0123456789abcdef0123456789abcdef"'

/** An S3 that takes everything, but for what a test answers instead. */
export function s3(instead = () => undefined) {
  const names = []
  const seen = []
  const answers = {
    Create: () =>
      xml(200, '<InitiateMultipartUploadResult><UploadId>i/d+1</UploadId></InitiateMultipartUploadResult>'),
    Part: () => new Response(null, { status: 200, headers: { etag: ETAG } }),
    Complete: () =>
      xml(200, `<CompleteMultipartUploadResult><ETag>${ETAG}</ETag></CompleteMultipartUploadResult>`),
    Abort: () => new Response(null, { status: 204 }),
    Put: () => new Response(null, { status: 200, headers: { etag: ETAG } }),
  }
  const answer = async (url, init) => {
    const { search, searchParams } = new URL(url)
    const number = searchParams.get('partNumber')
    const kind = number
      ? 'Part'
      : init.method === 'POST'
        ? search === '?uploads' || search === '?uploads='
          ? 'Create'
          : 'Complete'
        : init.method === 'DELETE'
          ? 'Abort'
          : 'Put'
    const name = number ? `Part ${number}` : kind
    names.push(name)
    seen.push({ name, url, ...init })
    if (kind !== 'Create' && kind !== 'Put') assert.equal(searchParams.get('uploadId'), 'i/d+1')
    const count = names.filter((other) => other === name).length
    return (await instead(name, count, init)) ?? answers[kind]()
  }
  return { fetch: answer, names, seen }
}

export const upload = (request, ...by) =>
  uploadInParts(by.length ? by[0] : signer, { url: TARGET, body: pieces(), ...request })

export async function errorOf(work) {
  try {
    await work
  } catch (error) {
    return error
  }
  assert.fail('it did not fail')
}
