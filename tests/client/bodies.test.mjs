// Every type of body arrives as fetch would send it, and signed.

import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { describe, test } from 'node:test'
import { BYTES, foreign, post, shared, startEcho, stream } from './bodies.mjs'

const { arrived, clients, gateway } = await startEcho()

const backing = Uint8Array.from({ length: 320 }, (_, i) => (i + 246) % 256)

async function* chunks() {
  yield 'é'
  yield Uint8Array.from([1, 2])
  yield Buffer.from([3])
}

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
  for (const [kind, config] of Object.entries(clients)) {
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
  for (const [kind, config] of Object.entries(clients)) {
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
  for (const [kind, config] of Object.entries(clients)) {
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
