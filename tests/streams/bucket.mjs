// A bucket of the S3 server that checks signatures, and a file to upload, for the tests of one file.

import assert from 'node:assert/strict'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { createSigner } from 'gatesign'
import { S3_CREDENTIALS, startS3 } from '../lib/s3.mjs'

export const SIGNER = { ...S3_CREDENTIALS, region: 'us-east-1', service: 's3' }
export const signer = createSigner(SIGNER)

/** @param {Uint8Array} bytes what the file has, as a Node stream of it gives them */
export function bucketWith(bytes) {
  let server
  let folder
  before(async () => {
    server = await startS3()
    folder = await mkdtemp(join(tmpdir(), 'gatesign-bucket-'))
    await writeFile(join(folder, 'file'), bytes)
    const { url, ...init } = signer.sign({ method: 'PUT', url: `${server.url}/bucket` })
    assert.equal((await fetch(url, init)).status, 200)
  })
  after(async () => {
    await server?.stop()
    await rm(folder, { recursive: true })
  })
  return {
    endpoint: () => server.url,
    urlOf: (key) => `${server.url}/bucket/${encodeURIComponent(key)}`,
    fileStream: () => createReadStream(join(folder, 'file')),
  }
}

/** A body of unknown length. */
export async function* pieces(bytes, size = 70_001) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
