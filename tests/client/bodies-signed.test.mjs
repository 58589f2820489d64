// What is signed of a body: large ones in steps, what it was when the call was made, or nothing.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { newClient } from 'gatesign'
import { headersOf } from '../dropin/rows.mjs'
import { LONG_LIVED, REGION } from '../lib/gateway.mjs'
import { BYTES, post, shared, startEcho, stream } from './bodies.mjs'

const { arrived, clients, gateway, signed } = await startEcho()

describe('sizes around the limits from which the platform hashes, at once and in steps', () => {
  // Of bodies in Node.
  const LIMIT = 1024
  const STEP = 4 * 1024 * 1024
  for (const size of [LIMIT - 1, LIMIT, LIMIT + 1, 100_000, 3_000_000, STEP, STEP + 1]) {
    for (const [name, make] of [
      ['text', () => 'x'.repeat(size)],
      ['text in unicode', () => 'é😀'.repeat(size / 3)],
      ['bytes', () => Buffer.alloc(size, 7)],
      ['a stream', () => stream(new Uint8Array(size).fill(1))],
      ['a Blob', () => new Blob([new Uint8Array(size).fill(2)])],
    ]) {
      test(`${size} of ${name}`, async () => {
        await post(signed, make(), { headers: { 'content-type': 'application/octet-stream' } })
        const { length, sha256 } = await arrived()
        const platform = new Uint8Array(await new Response(make()).arrayBuffer())
        assert.equal(length, platform.length)
        assert.equal(sha256, Buffer.from(await crypto.subtle.digest('SHA-256', platform)).toString('hex'))
      })
    }
  }

  test('a large text with a lone surrogate', async () => {
    await post(signed, `${'x'.repeat(LIMIT)}\ud83d`, { headers: { 'content-type': 'text/plain' } })
    assert.equal((await arrived()).length, LIMIT + 3)
  })
})

describe('what the caller changes after the call does not matter', () => {
  // With a provider the request is made later than the arguments are read.
  const provided = {
    invokeUrl: signed.invokeUrl,
    region: REGION,
    credentials: async () => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      return { accessKeyId: LONG_LIVED.accessKey, secretAccessKey: LONG_LIVED.secretKey }
    },
  }
  for (const [kind, config] of Object.entries({ ...clients, 'with a provider': provided })) {
    const rows = [
      ['a Uint8Array', () => BYTES.slice(), (body) => body.fill(0), BYTES],
      ['a Buffer', () => Buffer.from(BYTES), (body) => body.fill(0), BYTES],
      ['an ArrayBuffer', () => BYTES.slice().buffer, (body) => new Uint8Array(body).fill(0), BYTES],
      ['a SharedArrayBuffer', () => shared(BYTES), (body) => new Uint8Array(body).fill(0), BYTES],
      [
        'a large Uint8Array',
        () => new Uint8Array(50_000).fill(5),
        (body) => body.fill(0),
        new Uint8Array(50_000).fill(5),
      ],
      ['an object', () => ({ a: [{ b: 1 }] }), (body) => body.a[0].b++, Buffer.from('{"a":[{"b":1}]}')],
      [
        'URLSearchParams',
        () => new URLSearchParams({ a: 'b' }),
        (body) => body.append('c', 'd'),
        Buffer.from('a=b'),
      ],
    ]
    for (const [name, make, change, expected] of rows) {
      test(`${kind}: ${name}`, async () => {
        const body = make()
        const pending = post(config, body)
        change(body)
        await pending
        assert.deepEqual(new Uint8Array((await arrived()).bytes), new Uint8Array(expected))
      })
    }

    test(`${kind}: FormData`, async () => {
      const form = new FormData()
      form.append('a', 'b')
      const pending = post(config, form)
      form.append('c', 'd')
      await pending
      const { bytes, headers } = await arrived()
      const read = await new Response(bytes, {
        headers: { 'content-type': headers['content-type'] },
      }).formData()
      assert.deepEqual([...read.keys()], ['a'])
    })

    test(`${kind}: headers, queryParams and pathParams`, async () => {
      const [params, headers, queryParams] = [{ p: 'before' }, { 'x-a': 'before' }, { q: 'before' }]
      const pending = newClient(config).invokeApi(params, '/echo/{p}', 'GET', { headers, queryParams })
      params.p = headers['x-a'] = queryParams.q = 'after'
      const { data } = await pending
      assert.match(data.target, /\/echo\/before\?q=before$/)
      assert.equal(headersOf(data)['x-a'], 'before')
    })
  }
})

describe('signPayload: false', () => {
  const config = { ...signed, invokeUrl: `${gateway.url}/stage/unsigned-payload` }
  const rows = [
    ['a stream', () => stream(BYTES.slice(0, 10), BYTES.slice(10)), BYTES, true],
    ['bytes', () => BYTES.slice(), BYTES, false],
    ['a text', () => '"x"', Buffer.from('"x"'), false],
    ['nothing', () => undefined, new Uint8Array(0), false],
    ['a Blob', () => new Blob([BYTES]), BYTES, false],
  ]
  for (const [name, make, expected, streamed] of rows) {
    test(name, async () => {
      const { request } = await post(config, make(), { signPayload: false })
      const { bytes, headers } = await arrived()
      assert.deepEqual(new Uint8Array(bytes), new Uint8Array(expected))
      assert.equal(headers['x-amz-content-sha256'], 'UNSIGNED-PAYLOAD')
      assert.match(headers.authorization, /;x-amz-content-sha256;/)
      assert.equal(headers['transfer-encoding'] === 'chunked', streamed)
      assert.ok(request instanceof Request)
    })
  }

  test('where the body must be signed it is refused', async () => {
    await assert.rejects(post(signed, BYTES.slice(), { signPayload: false }), {
      message: /^Request failed with status code 403: /,
    })
  })

  test('a stream is not read before it is sent', async () => {
    let pulled = 0
    const lazy = new ReadableStream(
      {
        pull(controller) {
          pulled += 1
          if (pulled > 3) controller.close()
          else controller.enqueue(Uint8Array.from([pulled]))
        },
      },
      { highWaterMark: 0 },
    )
    let pulledBefore
    const spy = (url, init) => {
      pulledBefore = pulled
      return fetch(url, init)
    }
    await post({ ...config, fetch: spy }, lazy, { signPayload: false })
    assert.equal(pulledBefore, 0)
    assert.deepEqual([...(await arrived()).bytes], [1, 2, 3])
  })

  test('a stream cannot be sent again: the failure is the caller’s', async () => {
    await gateway.fault({ action: { type: 'status', status: 500 } })
    const [{ reason }] = await Promise.allSettled([
      post({ ...config, retries: 2 }, stream(BYTES), { signPayload: false }, 'PUT'),
    ])
    assert.equal(reason.message, 'Request failed with status code 500')
    await arrived()
  })
})
