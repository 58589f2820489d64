// The forwarder of `gatesign serve`, allowed to send to the gateway and to a server whose answers a test gives.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, beforeEach } from 'node:test'
import { createSigner } from '../../pkg/node.mjs'
import { LONG_LIVED, REGION } from '../lib/gateway.mjs'
import { gatewayForTests } from '../lib/gateway-for-tests.mjs'
import { forwarderOf, startServe } from '../lib/served.mjs'

/** Signs what the page sends. */
export const signer = createSigner({
  accessKeyId: LONG_LIVED.accessKey,
  secretAccessKey: LONG_LIVED.secretKey,
  region: REGION,
  service: 'execute-api',
})

/** All of it for the tests of a file; nothing may reach `other` unless the test has set `other.answer`. */
export async function startForwarding() {
  const gateway = await gatewayForTests()
  const other = { url: '', answer: refuse }
  const server = createServer((request, response) => other.answer(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  other.url = `http://127.0.0.1:${port}`
  const hosts = [new URL(gateway.url).host, `127.0.0.1:${port},localhost:${port}`]
  const site = await startServe(hosts.flatMap((host) => ['--forward', host]))
  const page = await forwarderOf(site.url)
  after(async () => {
    await site.stop()
    server.closeAllConnections()
    server.close()
  })
  beforeEach(() => {
    other.answer = refuse
  })
  return { gateway, other, site, page }
}

const refuse = () => assert.fail('nothing was to be sent there')
