// Uploads so many MB to a URL, by a way to sign, and prints what memory that took: in a process of its own.
// node tests/streams/memory-child.mjs URL MB OPTIONS, where OPTIONS are signStream's, or null for a client's call, or "parts".

import { createSigner, newClient } from 'gatesign'
import { signStream, uploadInParts } from 'gatesign/streams'

const [target, megabytes, options] = process.argv.slice(2)
const MB = 1024 * 1024
const part = new Uint8Array(MB).fill(1)
const signer = createSigner({ accessKeyId: 'A', secretAccessKey: 'B', region: 'us-east-1', service: 's3' })

/** After a tenth everything that is made once has been made. */
const seen = { before: 0, most: 0 }
async function* body() {
  for (let i = 0; i < Number(megabytes); i += 1) {
    const { rss } = process.memoryUsage()
    if (i <= Number(megabytes) / 10) seen.before = Math.max(seen.before, rss)
    seen.most = Math.max(seen.most, rss)
    yield part
  }
}

async function bySigner() {
  const request = { url: target, body: body(), contentLength: Number(megabytes) * MB, ...JSON.parse(options) }
  const { url, ...init } = signStream(signer, request)
  const { status } = await fetch(url, init)
  return { status, sent: init.contentLength }
}

async function byClient() {
  const keys = { accessKey: 'A', secretKey: 'B', region: 'us-east-1', service: 'vpc-lattice-svcs' }
  const client = newClient({ invokeUrl: target, ...keys, signPayload: false })
  const { status } = await client.invokeApi({}, '', 'PUT', {}, body())
  return { status, sent: Number(megabytes) * MB }
}

/** Of unknown length. */
async function inParts() {
  const { size } = await uploadInParts(signer, { url: target, body: body() })
  return { status: 200, sent: size }
}

const started = performance.now()
const result = await (options === 'null' ? byClient() : options === '"parts"' ? inParts() : bySigner())
const seconds = (performance.now() - started) / 1000
console.log(JSON.stringify({ ...seen, ...result, seconds }))
