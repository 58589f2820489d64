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
    arrived = 0
    for await (const part of request) arrived += part.length
    response.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
after(() => {
  server.closeAllConnections()
  server.close()
})

for (const [name, options] of [
  ['signed chunks and a checksum', {}],
  ['the body as it is', { signPayload: false, checksum: null }],
  ['an async iterable that invokeApi does not sign', null],
]) {
  test(`1 GB: ${name}`, async () => {
    const url = `http://127.0.0.1:${server.address().port}/bucket/key`
    const args = [CHILD, url, String(MEGABYTES), JSON.stringify(options)]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    const { before, most, status, sent, seconds } = JSON.parse(stdout)
    assert.equal(status, 200)
    assert.equal(arrived, sent)
    const grown = (most - before) / MB
    console.log(
      `${name}: ${(before / MB).toFixed()} MB after a tenth, ${(most / MB).toFixed()} MB at most, ${(MEGABYTES / seconds).toFixed()} MB/s`,
    )
    assert.ok(grown < 48, `${grown.toFixed()} MB more`)
  })
}
