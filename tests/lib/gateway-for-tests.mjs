// A gateway for the tests of a file: it starts again with each of them, and ends after the last.

import { after, beforeEach } from 'node:test'
import { startGateway } from './gateway.mjs'

export async function gatewayForTests() {
  const gateway = await startGateway()
  after(() => gateway.stop())
  beforeEach(() => gateway.reset())
  return gateway
}
