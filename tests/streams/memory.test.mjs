// 1 GB goes through in flat memory: what is held does not grow with the body.

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const MB = 1024 * 1024
/** 1 GB. */
const MEGABYTES = 1024
const CHILD = fileURLToPath(new URL('memory-child.mjs', import.meta.url))

let server
let arrived
before(async () => {
  server = createServer(async (request, response) => {
    for await (const part of request) if (request.method === 'PUT') arrived += part.length
    // For an upload in parts.
    response.setHeader('etag', '"1"')
    response.end(request.method === 'POST' ? '<UploadId>1</UploadId><ETag>"1"</ETag>' : '')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
after(() => {
  server.closeAllConnections()
  server.close()
})

for (const [name, options, most = 48] of [
  ['signed chunks and a checksum', {}],
  ['the body as it is', { signPayload: false, checksum: null }],
  ['an async iterable that invokeApi does not sign', null],
  // Each part is held, and once more by fetch: now and then none of them is let go yet.
  ['parts of unknown length', 'parts', 96],
]) {
  test(`1 GB: ${name}`, async () => {
    arrived = 0
    const url = `http://127.0.0.1:${server.address().port}/bucket/key`
    const args = [CHILD, url, String(MEGABYTES), JSON.stringify(options)]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    const { before, most: highest, status, sent, seconds } = JSON.parse(stdout)
    assert.equal(status, 200)
    assert.equal(arrived, sent)
    const grown = (highest - before) / MB
    console.log(
      `${name}: ${(before / MB).toFixed()} MB after a tenth, ${(highest / MB).toFixed()} MB at most, ${(MEGABYTES / seconds).toFixed()} MB/s`,
    )
    assert.ok(grown < most, `${grown.toFixed()} MB more`)
  })
}
