// Uploads without end, in a process of its own because it has no memory for what it sends: 49 GB are too many for a test, so
// parts have no room and nothing is copied. Prints how that ended.

import { createSigner } from 'gatesign'
import { uploadInParts } from 'gatesign/streams'

const PART = 5 * 1024 * 1024
const signer = createSigner({ accessKeyId: 'A', secretAccessKey: 'B', region: 'us-east-1', service: 's3' })
const piece = new Uint8Array(1024 * 1024)
const body = new ReadableStream({ pull: (controller) => controller.enqueue(piece) }, { highWaterMark: 0 })
let sent = 0
let last
const answer = async (url, { method }) => {
  last = method
  if (url.includes('partNumber=')) sent += 1
  return new Response('<UploadId>1</UploadId>', { headers: { etag: '"1"' } })
}

const Bytes = globalThis.Uint8Array
const construct = (target, [size, ...rest]) => Reflect.construct(target, [size === PART ? 0 : size, ...rest])
globalThis.Uint8Array = new Proxy(Bytes, { construct })
Bytes.prototype.set = () => {}
let error
try {
  const request = {
    url: 'https://bucket.example/key',
    body,
    checksum: null,
    signPayload: false,
    fetch: answer,
  }
  await uploadInParts(signer, request)
} catch (thrown) {
  error = String(thrown)
} finally {
  globalThis.Uint8Array = Bytes
  delete Bytes.prototype.set
}
console.log(JSON.stringify({ error, sent, last }))
