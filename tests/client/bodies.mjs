// Bodies of every kind, sent to the gateway's echo, and what arrived.

import assert from 'node:assert/strict'
import { runInNewContext } from 'node:vm'
import { newClient } from 'gatesign'
import { bodyOf, verdictOf } from '../dropin/compare.mjs'
import { headersOf } from '../dropin/rows.mjs'
import { LONG_LIVED, REGION } from '../lib/gateway.mjs'
import { gatewayForTests } from '../lib/gateway-for-tests.mjs'

export const BYTES = Uint8Array.from({ length: 300 }, (_, i) => i % 256)

/** A gateway for the tests of a file. */
export async function startEcho() {
  const gateway = await gatewayForTests()
  const signed = { invokeUrl: `${gateway.url}/stage`, region: REGION, ...LONG_LIVED }
  return {
    gateway,
    signed,
    clients: { signed, unsigned: { invokeUrl: `${gateway.url}/stage/open` } },

    /** The one request that arrived; the gateway has taken its signature. */
    async arrived() {
      const requests = await gateway.requests()
      assert.equal(requests.length, 1)
      const [request] = requests
      assert.equal(verdictOf(request), 'ok', request.verdict.message)
      return {
        bytes: bodyOf(request),
        headers: headersOf(request),
        length: request.bodyLength,
        sha256: request.bodySha256,
      }
    },
  }
}

export const post = (config, body, additional = {}, method = 'POST') =>
  newClient(config).invokeApi({}, '/echo/b', method, additional, body)

/** A SharedArrayBuffer with these bytes. */
export function shared(bytes) {
  const buffer = new SharedArrayBuffer(bytes.length)
  new Uint8Array(buffer).set(bytes)
  return buffer
}

/** A value of another realm. */
export const foreign = (expression) => runInNewContext(expression)

export const stream = (...parts) =>
  new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(part)
      controller.close()
    },
  })
