// Every type of body arrives as fetch would send it, and signed.

import assert from 'node:assert/strict'
import OldStream, { Readable } from 'node:stream'
import { after, beforeEach, describe, test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { newClient } from 'gatesign'
import { bodyOf, verdictOf } from '../lib/dropin-compare.mjs'
import { headersOf } from '../lib/dropin-rows.mjs'
import { LONG_LIVED, REGION, startGateway } from '../lib/gateway.mjs'

const gateway = await startGateway()
after(() => gateway.stop())
beforeEach(() => gateway.reset())

const signed = { invokeUrl: `${gateway.url}/stage`, region: REGION, ...LONG_LIVED }
const CLIENTS = { signed, unsigned: { invokeUrl: `${gateway.url}/stage/open` } }
const post = (config, body, additional = {}, method = 'POST') =>
  newClient(config).invokeApi({}, '/echo/b', method, additional, body)

/** The one request that arrived; the gateway has taken its signature. */
async function arrived() {
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
}

const BYTES = Uint8Array.from({ length: 300 }, (_, i) => i % 256)
const backing = Uint8Array.from({ length: 320 }, (_, i) => (i + 246) % 256)

function shared(bytes) {
  const buffer = new SharedArrayBuffer(bytes.length)
  new Uint8Array(buffer).set(bytes)
  return buffer
}

async function* chunks() {
  yield 'é'
  yield Uint8Array.from([1, 2])
  yield Buffer.from([3])
}

const foreign = (expression) => runInNewContext(expression)

const stream = (...parts) =>
  new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(part)
      controller.close()
    },
  })

describe('bytes', () => {
  /** Body, and the bytes that arrive. */
  const rows = [
    ['a Buffer', () => Buffer.from(BYTES), BYTES],
    ['a Buffer in Node’s pool', () => Buffer.from('pool'), Buffer.from('pool')],
    ['an ArrayBuffer', () => BYTES.slice().buffer, BYTES],
    ['a Uint8Array', () => BYTES.slice(), BYTES],
    ['a Uint8Array with an offset', () => backing.subarray(10, 310), BYTES],
    ['a Uint8ClampedArray', () => new Uint8ClampedArray(BYTES), BYTES],
    ['an Int8Array', () => new Int8Array(BYTES.slice().buffer), BYTES],
    [
      'a Uint16Array with an offset',
      () => new Uint16Array(Uint8Array.from([9, 9, 1, 2, 3, 4, 9, 9]).buffer, 2, 2),
      Uint8Array.from([1, 2, 3, 4]),
    ],
    ['a Float64Array', () => new Float64Array(BYTES.slice(0, 296).buffer), BYTES.slice(0, 296)],
    ['a BigUint64Array', () => new BigUint64Array(BYTES.slice(0, 8).buffer), BYTES.slice(0, 8)],
    ['a DataView', () => new DataView(BYTES.slice().buffer), BYTES],
    ['a DataView with an offset', () => new DataView(backing.slice().buffer, 10, 300), BYTES],
    ['a SharedArrayBuffer', () => shared(BYTES), BYTES],
    [
      'an ArrayBuffer of another realm',
      () => foreign('Uint8Array.from({ length: 300 }, (_, i) => i).buffer'),
      BYTES,
    ],
    ['a Uint8Array of another realm', () => foreign('Uint8Array.from({ length: 300 }, (_, i) => i)'), BYTES],
    ['a view of a SharedArrayBuffer', () => new Uint8Array(shared(backing), 10, 300), BYTES],
    ['an empty Uint8Array', () => new Uint8Array(0), new Uint8Array(0)],
    ['a Blob', () => new Blob([BYTES]), BYTES],
    ['an empty Blob', () => new Blob([]), new Uint8Array(0)],
    ['a ReadableStream', () => stream(BYTES.slice(0, 100), BYTES.slice(100)), BYTES],
    ['an empty ReadableStream', () => stream(), new Uint8Array(0)],
    ['a response’s body', () => new Response(BYTES).body, BYTES],
    ['an async iterable', () => chunks(), Uint8Array.from([0xc3, 0xa9, 1, 2, 3])],
    [
      'a Node Readable',
      () => Readable.from([Buffer.from([1]), Buffer.from([2, 3])]),
      Uint8Array.from([1, 2, 3]),
    ],
    ['a Node Readable of text', () => Readable.from(['é', 'x']), Buffer.from('éx')],
  ]
  for (const [kind, config] of Object.entries(CLIENTS)) {
    for (const [name, make, expected] of rows) {
      test(`${kind}: ${name}`, async () => {
        await post(config, make())
        const { bytes, headers } = await arrived()
        assert.deepEqual(new Uint8Array(bytes), new Uint8Array(expected))
        assert.equal(headers['content-type'], 'application/json', 'the default')
        assert.equal(headers['content-length'], String(expected.length))
        await gateway.reset()
        await post(config, make(), { headers: { 'content-type': 'image/png' } })
        assert.equal((await arrived()).headers['content-type'], 'image/png')
      })
    }
  }
})

describe('what brings its own Content-Type', () => {
  for (const [kind, config] of Object.entries(CLIENTS)) {
    const rows = [
      ['a Blob with a type', () => new Blob(['hi'], { type: 'text/csv' }), 'hi', 'text/csv'],
      ['a File', () => new File(['hi'], 'a b.csv', { type: 'text/csv' }), 'hi', 'text/csv'],
      [
        'URLSearchParams',
        () =>
          new URLSearchParams([
            ['a b', 'é&='],
            ['a b', "~*'"],
            ['c', '+'],
          ]),
        'a+b=%C3%A9%26%3D&a+b=%7E*%27&c=%2B',
        'application/x-www-form-urlencoded;charset=UTF-8',
      ],
      [
        'empty URLSearchParams',
        () => new URLSearchParams(),
        '',
        'application/x-www-form-urlencoded;charset=UTF-8',
      ],
    ]
    for (const [name, make, text, type] of rows) {
      test(`${kind}: ${name}`, async () => {
        await post(config, make())
        const { bytes, headers } = await arrived()
        assert.deepEqual([bytes.toString(), headers['content-type']], [text, type])
        // As the platform does it.
        const plain = new Request('http://x/', { method: 'POST', body: make() })
        assert.deepEqual(
          [await plain.text(), plain.headers.get('content-type').toLowerCase()],
          [text, type.toLowerCase()],
        )
      })
      test(`${kind}: ${name} with the call’s type`, async () => {
        await post(config, make(), { headers: { 'CONTENT-TYPE': 'text/x-mine' } })
        const { bytes, headers } = await arrived()
        assert.deepEqual([bytes.toString(), headers['content-type']], [text, 'text/x-mine'])
      })
    }

    const form = () => {
      const form = new FormData()
      form.append('text', 'é "quoted"\r\n')
      form.append('again', '1')
      form.append('again', '2')
      form.append('file', new File([BYTES], 'é "a".bin', { type: 'application/x-bin' }))
      return form
    }
    for (const [name, headers] of [
      ['FormData', {}],
      // A boundary can only be the one in the body.
      ['FormData with the call’s type', { 'Content-Type': 'multipart/form-data' }],
    ]) {
      test(`${kind}: ${name}`, async () => {
        await post(config, form(), { headers })
        const { bytes, headers: got } = await arrived()
        assert.match(got['content-type'], /^multipart\/form-data; ?boundary=.+/)
        const read = await new Response(bytes, {
          headers: { 'content-type': got['content-type'] },
        }).formData()
        assert.deepEqual(read.getAll('again'), ['1', '2'])
        assert.equal(read.get('text'), 'é "quoted"\r\n')
        const file = read.get('file')
        assert.deepEqual([file.type, new Uint8Array(await file.arrayBuffer())], ['application/x-bin', BYTES])
      })
    }

    test(`${kind}: empty FormData`, async () => {
      await post(config, new FormData())
      assert.match((await arrived()).headers['content-type'], /^multipart\/form-data/)
    })
  }
})

describe('JSON and text', () => {
  const json = 'application/json'
  const rows = [
    [
      'an object',
      { a: [1, null, 'é😀'], b: undefined, d: new Date(0) },
      '{"a":[1,null,"é😀"],"d":"1970-01-01T00:00:00.000Z"}',
    ],
    ['a list', [1, 'a'], '[1,"a"]'],
    ['nested emptiness', { a: {} }, '{"a":{}}'],
    ['an object with only undefined values', { a: undefined }, '{}'],
    ['a number', 5, '5'],
    ['0', 0, '0'],
    ['-1.5', -1.5, '-1.5'],
    ['NaN', Number.NaN, 'null'],
    ['true', true, 'true'],
    ['false', false, 'false'],
    ['a text', 'hi "there"', '"hi \\"there\\""'],
    ['spaces', '  ', '"  "'],
    ['JSON text', '{"a": 1}', '{"a": 1}'],
    ['JSON text with space around', '\n {"a":1} ', '{"a":1}'],
    ['the text of a number', '12', '12'],
    ['the text true', 'true', 'true'],
    ['a text with a lone surrogate', 'a\ud83d', '"a\\ud83d"'],
    ['a Number object', new Number(5), '5'],
    ['an object with toJSON', { toJSON: () => ({ x: 1 }) }, '{"x":1}'],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
  ]
  for (const [kind, config] of Object.entries(CLIENTS)) {
    for (const [name, body, text] of rows) {
      test(`${kind}: ${name}`, async () => {
        await post(config, body)
        const { bytes, headers } = await arrived()
        assert.deepEqual([bytes.toString(), headers['content-type']], [text, json])
      })
    }
    for (const [type, body, text] of [
      ['application/json;charset=UTF-8', 'hi', '"hi"'],
      ['APPLICATION/JSON ; x=y', 'hi', '"hi"'],
      ['application/jsonp', 'hi', 'hi'],
      ['application/vnd.api+json', 'hi', 'hi'],
      ['application/vnd.api+json', { a: 1 }, '{"a":1}'],
      ['text/plain', '{"a": 1} ', '{"a": 1} '],
      ['text/plain', { a: 1 }, '{"a":1}'],
      ['text/plain', 5, '5'],
      ['text/plain', 'a\ud83dé', 'a\ufffdé'],
      ['application/xml', '<é/>', '<é/>'],
    ]) {
      test(`${kind}: ${JSON.stringify(body)} as ${type}`, async () => {
        await post(config, body, { headers: { 'content-type': type } })
        const { bytes, headers } = await arrived()
        assert.deepEqual([bytes.toString(), headers['content-type']], [text, type])
      })
    }
    for (const [name, body] of [
      ['undefined', undefined],
      ['null', null],
      ['an empty text', ''],
      ['{}', {}],
      ['[]', []],
      ['{} of another realm', foreign('({})')],
      ['[] of another realm', foreign('[]')],
    ]) {
      test(`${kind}: ${name} is no body`, async () => {
        await post(config, body)
        const { length, headers } = await arrived()
        assert.deepEqual([length, headers['content-type']], [0, undefined])
      })
    }
  }
})

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
  for (const [kind, config] of Object.entries({ ...CLIENTS, 'with a provider': provided })) {
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
      message: 'Request failed with status code 403',
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

describe('refused, and nothing is sent', () => {
  class OtherFormData {
    get [Symbol.toStringTag]() {
      return 'FormData'
    }
  }
  const cyclic = { a: 1 }
  cyclic.self = cyclic
  const rows = [
    ['a Map', new Map([['a', 1]]), /^body must be .*Map/],
    ['an empty Map', new Map(), /^body must be/],
    ['a Set', new Set([1]), /^body must be .*Set/],
    ['a WeakMap', new WeakMap(), /^body must be/],
    ['a Map of another realm', foreign('new Map([[1, 2]])'), /^body must be .*Map/],
    ['a RegExp', /x/, /^body must be .*RegExp/],
    ['an error', new Error('x'), /^body must be .*Error/],
    ['a promise', Promise.resolve({ a: 1 }), /^body must be .*Promise/],
    ['Headers', new Headers({ a: 'b' }), /^body must be .*Headers/],
    ["another package's FormData", new OtherFormData(), /^body must be .*FormData/],
    ['a stream without an iterator', Object.assign(new OldStream(), { _streams: ['x'] }), /^body must be/],
    ['a function', () => 1, /^body must be .*function/],
    ['a class', class A {}, /^body must be .*function/],
    ['a symbol', Symbol('x'), /^body must be .*symbol/],
    ['a bigint', 5n, /^body .*BigInt/i],
    ['a bigint inside', { a: [5n] }, /^body .*BigInt/i],
    ['a cycle', cyclic, /^body .*circular/i],
    ['toJSON that gives nothing', { toJSON: () => undefined }, /^body must be/],
  ]
  for (const [kind, config] of Object.entries(CLIENTS)) {
    for (const [name, body, message] of rows) {
      test(`${kind}: ${name}`, async () => {
        await assert.rejects(post(config, body), { name: 'TypeError', message })
        assert.equal((await gateway.requests()).length, 0)
      })
    }
    for (const method of ['GET', 'get', 'HEAD']) {
      for (const [name, body] of [
        ['an object', { a: 1 }],
        ['a text', 'x'],
        ['bytes', BYTES],
        ['0', 0],
        ['false', false],
        ['a form', new URLSearchParams('a=b')],
      ]) {
        test(`${kind}: ${name} with ${method}`, async () => {
          await assert.rejects(post(config, body, {}, method), {
            name: 'TypeError',
            message: new RegExp(`^body must be empty for ${method.toUpperCase()}.*queryParams`),
          })
          assert.equal((await gateway.requests()).length, 0)
        })
      }
    }
  }

  test('a stream that fails', async () => {
    const failing = new ReadableStream({ pull: (controller) => controller.error(new RangeError('mine')) })
    await assert.rejects(post(signed, failing), { message: 'mine' })
    assert.equal((await gateway.requests()).length, 0)
  })

  test('an async iterable that fails', async () => {
    const failing = async function* () {
      yield 'x'
      throw new RangeError('mine')
    }
    await assert.rejects(post(signed, failing()), { message: 'mine' })
    assert.equal((await gateway.requests()).length, 0)
  })

  for (const [name, make] of [
    ['an async iterable of objects', () => Readable.from([{ a: 1 }])],
    ['a stream that is locked', usedUp],
    ['a detached buffer', () => detached()],
  ]) {
    test(name, async () => {
      await assert.rejects(post(signed, make()), { name: 'TypeError', message: /^body / })
      assert.equal((await gateway.requests()).length, 0)
    })
  }

  function usedUp() {
    const used = stream(BYTES)
    used.getReader()
    return used
  }

  function detached() {
    const buffer = new ArrayBuffer(8)
    structuredClone(buffer, { transfer: [buffer] })
    return buffer
  }
})
