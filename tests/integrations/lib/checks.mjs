// What a row checks: each check is a call that the local gateway has verified, or refused.

import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { newClient } from 'gatesign'
import { LONG_LIVED, REGION } from '../../lib/gateway.mjs'

/** A client of an API at a URL of this machine. */
export const clientOf = (invokeUrl, options) =>
  newClient({ invokeUrl, region: REGION, ...LONG_LIVED, ...options })

export class Checks {
  passed = []
  failed = []

  /** @param {Awaited<ReturnType<typeof import('../../lib/gateway.mjs').startGateway>>} gateway */
  constructor(gateway) {
    this.gateway = gateway
    this.url = `${gateway.url}/stage`
    this.client = clientOf(this.url)
    this.wrong = clientOf(this.url, { secretKey: 'not-the-right-secret' })
  }

  /** @param {() => unknown} work fails by throwing, and after two minutes */
  async check(name, work, ms = 120_000) {
    const late = new AbortController()
    const tooLate = sleep(ms, undefined, { signal: late.signal }).then(() => {
      throw new Error(`not done after ${ms} ms`)
    })
    try {
      await Promise.race([work(), tooLate])
      this.passed.push(name)
    } catch (error) {
      this.failed.push({ name, error: error?.stack ?? String(error) })
    } finally {
      tooLate.catch(() => {})
      late.abort()
    }
  }

  /** Calls that arrive, all of them with a signature that the gateway has verified. */
  signed(name, work) {
    return this.check(name, async () => {
      await this.gateway.reset()
      await work()
      const requests = (await this.gateway.requests()).filter(({ method }) => method !== 'OPTIONS')
      assert.ok(requests.length > 0, 'no request arrived')
      for (const { method, target, verdict } of requests) {
        assert.deepEqual(
          [verdict.ok, verdict.accessKeyId],
          [true, LONG_LIVED.accessKey],
          `${method} ${target}`,
        )
      }
    })
  }

  /** A call with a wrong secret key, whose answer of status 403 the HTTP client has to show. */
  refused(work) {
    return this.check('a wrong secret key is refused', async () => {
      await this.gateway.reset()
      const status = await work()
      const requests = await this.gateway.requests()
      assert.ok(requests.length > 0, 'no request arrived')
      assert.equal(requests.at(-1).verdict.kind, 'SignatureDoesNotMatch')
      assert.equal(status, 403)
    })
  }
}

/** The status of what a client throws for an answer of 403. */
export async function statusOf(call) {
  try {
    const answer = await call
    return answer?.status ?? answer?.statusCode
  } catch (error) {
    return error.response?.status ?? error.response?.statusCode ?? error.status ?? error.statusCode
  }
}
