// The gateway, and another host to which nothing may go.

import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, beforeEach } from 'node:test'
import { API_KEY, LONG_LIVED, REGION } from '../lib/gateway.mjs'
import { gatewayForTests } from '../lib/gateway-for-tests.mjs'

/** What a client may not take to another host, as its config. */
export const CREDENTIALS = {
  signed: { region: REGION, ...LONG_LIVED },
  'with an API key': { apiKey: API_KEY },
}

/** Both for the tests of a file. */
export async function startBoth() {
  const gateway = await gatewayForTests()
  const evil = await startEvil()
  after(() => evil.stop())
  beforeEach(() => {
    evil.seen.length = 0
  })
  return { gateway, evil }
}

/** Another host, as seen from the gateway's origin: whatever reaches it is a leak. */
async function startEvil() {
  const seen = []
  const server = createServer((request, response) => {
    seen.push({ url: request.url, headers: request.headers })
    response.end('{"evil":true}')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    seen,
    host: `127.0.0.1:${server.address().port}`,
    stop: () => server.close() && server.closeAllConnections(),
  }
}
