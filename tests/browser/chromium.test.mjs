// What a page in Chromium adds to the tests in Node: the Date header of another origin cannot be seen, every
// signed call has a preflight, and the WebSocket is the browser's own.

import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { startChromium } from '../lib/chromium.mjs'
import { LONG_LIVED, REGION, startGateway } from '../lib/gateway.mjs'

const HOUR = 3_600_000

let gateway
let chromium
let page

before(async () => {
  gateway = await startGateway()
  chromium = await startChromium()
  page = await chromium.browser.newPage()
  await page.goto(chromium.url)
})
after(async () => {
  await chromium?.stop()
  gateway?.stop()
})
beforeEach(() => gateway.reset())

const config = () => ({ invokeUrl: `${gateway.url}/stage`, region: REGION, ...LONG_LIVED })
const signedRequests = async () => (await gateway.requests()).filter(({ method }) => method !== 'OPTIONS')

describe('the clock', () => {
  for (const [name, clockOffsetMs] of [
    ['5 hours behind', 5 * HOUR],
    ['5 hours ahead', -5 * HOUR],
  ]) {
    test(`${name}: corrected from the message, since the Date header cannot be seen`, async () => {
      await gateway.configure({ clockOffsetMs })
      const seen = await page.evaluate(async (config) => {
        const { newClient } = await import('/web.mjs')
        const dates = []
        const spy = async (url, init) => {
          const response = await fetch(url, init)
          dates.push(response.headers.get('date'))
          return response
        }
        const { status } = await newClient({ ...config, fetch: spy }).invokeApi({}, '/echo', 'GET')
        return { status, dates }
      }, config())
      assert.deepEqual(seen, { status: 200, dates: [null, null] })
      assert.equal((await signedRequests()).length, 2)
    })
  }

  test('100 concurrent calls correct at most once each', async () => {
    await gateway.configure({ clockOffsetMs: 5 * HOUR })
    const statuses = await page.evaluate(async (config) => {
      const { newClient } = await import('/web.mjs')
      const client = newClient(config)
      const results = await Promise.all(
        Array.from({ length: 100 }, () => client.invokeApi({}, '/echo', 'GET')),
      )
      return results.map(({ status }) => status)
    }, config())
    assert.deepEqual(statuses, new Array(100).fill(200))
    const sent = await signedRequests()
    assert.ok(sent.length <= 200, `${sent.length} requests`)
    assert.equal(sent.filter(({ verdict }) => verdict.ok).length, 100)
  })
})

describe('WebSocket', () => {
  test('$connect with a presigned URL, and a push through @connections', async () => {
    const seen = await page.evaluate(async (config) => {
      const { newClient } = await import('/web.mjs')
      const sockets = newClient({ ...config, invokeUrl: config.invokeUrl.replace('http:', 'ws:') })
      const socket = new WebSocket(await sockets.presign({ pathTemplate: '/ws', expiresIn: 60 }))
      const next = () =>
        new Promise((resolve, reject) => {
          socket.onmessage = ({ data }) => resolve(data)
          socket.onclose = () => reject(new Error('closed'))
        })
      await new Promise((resolve, reject) => {
        socket.onopen = resolve
        socket.onerror = () => reject(new Error('refused'))
      })
      const answer = next()
      socket.send('{"action":"whoami"}')
      const { connectionId: id } = JSON.parse(await answer)
      const pushed = next()
      const { status } = await newClient(config).invokeApi(
        { id },
        '/@connections/{id}',
        'POST',
        {},
        { a: 'ü' },
      )
      const data = await pushed
      socket.onclose = null
      socket.close()
      return { status, data }
    }, config())
    assert.deepEqual(seen, { status: 200, data: '{"a":"ü"}' })
  })

  test('a wrong secret is refused', async () => {
    const event = await page.evaluate(
      async (config) => {
        const { newClient } = await import('/web.mjs')
        const url = await newClient(config).presign({ pathTemplate: '/ws', expiresIn: 60 })
        const socket = new WebSocket(url)
        return new Promise((resolve) => {
          socket.onopen = () => resolve('open')
          socket.onerror = () => resolve('error')
        })
      },
      { ...config(), invokeUrl: `${gateway.url.replace('http:', 'ws:')}/stage`, secretKey: 'wrong' },
    )
    assert.equal(event, 'error')
  })
})
