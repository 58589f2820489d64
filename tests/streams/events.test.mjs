// Server-Sent Events as the HTML standard reads them, however the stream is cut into parts.
// https://html.spec.whatwg.org/multipage/server-sent-events.html

import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { Readable } from 'node:stream'
import { describe, test } from 'node:test'
import { readEvents } from 'gatesign/events'

const bytesOf = (text) => (typeof text === 'string' ? new TextEncoder().encode(text) : text)

/** As a stream in parts of so many bytes. */
function parts(bytes, size) {
  const list = []
  for (let at = 0; at < bytes.length; at += size) list.push(bytes.subarray(at, at + size))
  return list
}

async function collect(source, options) {
  const events = readEvents(source, options)
  const found = []
  for await (const { type, data, lastEventId } of events) found.push([type, data, lastEventId])
  return { found, id: events.lastEventId, time: events.reconnectionTime }
}

const message = (data, id = '') => ['message', data, id]

/** Name, stream, events, then the last id and the reconnection time, where they are not `''` and none. */
const ROWS = [
  // The examples of section 9.2.6 of the standard.
  ['data of several lines', 'data: YHOO\ndata: +2\ndata: 10\n\n', [message('YHOO\n+2\n10')]],
  [
    'ids, a comment, an id that is reset',
    ': test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n',
    [message('first event', '1'), message('second event'), message(' third event')],
  ],
  [
    'data without a value, and an event that is cut off',
    'data\n\ndata\ndata\n\ndata:',
    [message(''), message('\n')],
  ],
  ['one space is left out', 'data:test\n\ndata: test\n\n', [message('test'), message('test')]],

  ['nothing', '', []],
  ['line feeds only', '\n\n\n\n', []],
  ['carriage returns', 'data: a\r\rdata: b\r\r', [message('a'), message('b')]],
  ['both', 'data: a\r\n\r\ndata: b\r\n\r\n', [message('a'), message('b')]],
  ['all three kinds of line ends', 'data: a\rdata: b\r\ndata: c\n\r\n', [message('a\nb\nc')]],
  ['a line feed and a carriage return are two ends', 'data: a\n\rdata: b\r\r', [message('a'), message('b')]],
  [
    'other line ends of Unicode are text',
    'data: a\u2028\u2029\u0085\v\fb\n\n',
    [message('a\u2028\u2029\u0085\v\fb')],
  ],
  ['a byte order mark', '\uFEFFdata: a\n\n', [message('a')]],
  ['two of them: the second belongs to a name', '\uFEFF\uFEFFdata: a\n\ndata: b\n\n', [message('b')]],
  ['a byte order mark later', 'data: \uFEFFa\n\n', [message('\uFEFFa')]],
  ['a comment', ':\n:data: a\n: data: b\n\ndata: c\n\n', [message('c')]],
  ['a type', 'event: add\ndata: 1\n\ndata: 2\n\n', [['add', '1', ''], message('2')]],
  ['a type without data is forgotten', 'event: add\n\ndata: 1\n\n', [message('1')]],
  ['an empty type is message', 'event: add\nevent:\ndata: 1\n\n', [message('1')]],
  ['the last type counts', 'event: a\nevent: b\ndata: 1\n\n', [['b', '1', '']]],
  ['an id without data', 'id: 7\n\ndata: a\n\n', [message('a', '7')], '7'],
  ['an id that is cut off is not the last one', 'id: 7\n\nid: 8\ndata: a\n', [], '7'],
  ['an id with a NUL is none', 'id: 7\nid: 8\0\ndata: a\n\n', [message('a', '7')], '7'],
  ['NUL elsewhere', 'data: \0\n\n', [message('\0')]],
  ['retry', 'retry: 1500\ndata: a\n\n', [message('a')], '', 1500],
  ['retry at once, before its event has ended', 'retry: 20', [], ''],
  ['retry of a line', 'retry: 20\n', [], '', 20],
  ['retry that is no number', 'retry: 1e3\nretry: -1\nretry: 1.5\nretry:\nretry:  7\nretry: ٣\n\n', []],
  ['names in another case, and unknown ones', 'Data: a\nDATA: b\ndat: c\n data: d\nfoo\n\n', []],
  ['colons in a value', 'data: a:b: c\n\n', [message('a:b: c')]],
  ['a tab is no space', 'data:\ta\n\n', [message('\ta')]],
  ['an empty line of data', 'data:\n\ndata: a\ndata:\n\n', [message(''), message('a\n')]],
  ['no empty line at the end', 'data: a\n\ndata: b\n', [message('a')]],
  ['characters of two, three and four bytes', 'data: ü日🙂\n\n', [message('ü日🙂')]],
  [
    'bytes that are no UTF-8',
    Uint8Array.from([...bytesOf('data: '), 0xff, 0xc3, 0x28, ...bytesOf('\n\n')]),
    [message('\uFFFD\uFFFD(')],
  ],
]

describe('the format', () => {
  for (const [name, text, expected, id = expected.at(-1)?.[2] ?? '', time = undefined] of ROWS) {
    test(name, async () => {
      const bytes = bytesOf(text)
      for (let size = 1; size <= Math.max(bytes.length, 1); size += 1) {
        assert.deepEqual(
          await collect(Readable.from(parts(bytes, size))),
          { found: expected, id, time },
          `by ${size}`,
        )
      }
    })
  }
})

describe('sources', () => {
  const TEXT = '\uFEFFid: 1\ndata: ü\n\n'
  const expected = { found: [message('ü', '1')], id: '1', time: undefined }
  const streamOf = (chunk) =>
    new ReadableStream({
      start(controller) {
        controller.enqueue(chunk)
        controller.close()
      },
    })
  for (const [name, make] of [
    ['a Response', () => new Response(TEXT)],
    ['a Response of another realm', () => ({ status: 200, body: streamOf(bytesOf(TEXT)) })],
    ['a result of invokeApi', () => ({ status: 200, data: streamOf(bytesOf(TEXT)) })],
    ['a stream of bytes', () => streamOf(bytesOf(TEXT))],
    ['a stream of texts', () => streamOf(TEXT)],
    ['a Node stream', () => Readable.from([Buffer.from(TEXT)])],
    ['a Node stream of texts', () => Readable.from([...TEXT])],
    [
      'a generator of ArrayBuffers',
      async function* () {
        yield bytesOf(TEXT).buffer
      },
    ],
    [
      'a view of a part of a buffer',
      async function* () {
        yield new DataView(bytesOf(`xx${TEXT}xx`).buffer, 2, bytesOf(TEXT).length)
      },
    ],
  ]) {
    test(name, async () => assert.deepEqual(await collect(make()), expected))
  }

  test('an answer without a body has none', async () => {
    assert.deepEqual(await collect(new Response(null, { status: 204 }), { lastEventId: '5' }), {
      found: [],
      id: '5',
      time: undefined,
    })
  })

  test('the caller’s id stays until there is another', async () => {
    const { found } = await collect(new Response('data: a\n\nid: 2\ndata: b\n\n'), { lastEventId: '1' })
    assert.deepEqual(found, [message('a', '1'), message('b', '2')])
  })

  test('require has it too', async () => {
    const required = createRequire(import.meta.url)('gatesign/events')
    const found = []
    for await (const { data } of required.readEvents(new Response('data: a\r\n\r\n'))) found.push(data)
    assert.deepEqual(found, ['a'])
  })
})

describe('ends', () => {
  /** Never ends, and notes that it was canceled. */
  function endless(first = 'data: a\n\n') {
    const seen = { canceled: false }
    const stream = new ReadableStream({
      start: (controller) => controller.enqueue(bytesOf(first)),
      cancel() {
        seen.canceled = true
      },
    })
    return { seen, stream }
  }

  test('an event comes before anything after it has arrived', async () => {
    for (const end of ['\n\n', '\r\r', '\r\n\r\n', '\r\n\r']) {
      const { stream } = endless(`data: a${end}`)
      const { value } = await readEvents(stream).next()
      assert.equal(value.data, 'a')
    }
  })

  test('leaving the loop cancels the stream', async () => {
    const { seen, stream } = endless()
    for await (const _ of readEvents(new Response(stream))) break
    assert.equal(seen.canceled, true)
    let ended = false
    const events = readEvents(
      (async function* () {
        try {
          yield 'data: a\n\n'
          yield 'data: b\n\n'
        } finally {
          ended = true
        }
      })(),
    )
    for await (const _ of events) break
    assert.equal(ended, true)
  })

  test('what the stream fails with is what the loop throws', async () => {
    const reason = new Error('mine')
    let pulled = 0
    const stream = new ReadableStream({
      pull: (controller) =>
        pulled++ === 0 ? controller.enqueue(bytesOf('data: a\n\n')) : controller.error(reason),
    })
    const events = readEvents(stream)
    assert.equal((await events.next()).value.data, 'a')
    await assert.rejects(events.next(), (error) => error === reason)
  })

  test('an event without end is refused, and the stream canceled', async () => {
    for (const line of ['x'.repeat(60), 'data: 56789\n'.repeat(20), 'data: 56789\r\n:\r\ndata: 56789']) {
      const { seen, stream } = endless(line)
      await assert.rejects(collect(stream, { maxEventLength: 10 }), {
        name: 'RangeError',
        message: /an event of more than 10 characters: raise maxEventLength/,
      })
      assert.equal(seen.canceled, true)
    }
    const { found } = await collect(new Response(`${': comment\n'.repeat(99)}data: 1234\n\n`), {
      maxEventLength: 10,
    })
    assert.deepEqual(found, [message('1234')])
  })

  test('time grows with the length: a line of 8 MB in parts of 16 bytes', async () => {
    const part = bytesOf('0123456789abcdef')
    const events = readEvents(
      (async function* () {
        yield 'data: '
        for (let i = 0; i < 500_000; i += 1) yield part
        yield '\n\n'
      })(),
    )
    const { value } = await events.next()
    assert.equal(value.data.length, 8_000_000)
  })
})

describe('is refused', () => {
  const SOURCE =
    /^source must be a Response, a result with responseType 'stream', a stream or an async iterable; got /
  for (const [name, source, text] of [
    ['nothing', undefined, SOURCE],
    ['null', null, SOURCE],
    ['a text', 'data: a\n\n', SOURCE],
    ['a list', ['data: a\n\n'], SOURCE],
    ['a result that is parsed', { status: 200, data: { a: 1 } }, SOURCE],
    [
      'a refusal',
      new Response('{}', { status: 403 }),
      'source must be a successful response; got one with status 403',
    ],
  ]) {
    test(name, () => assert.throws(() => readEvents(source), { name: 'TypeError', message: text }))
  }

  for (const [name, options, text] of [
    ['lastEventId', { lastEventId: 5 }, 'lastEventId must be a string; got number'],
    ['maxEventLength', { maxEventLength: '5' }, 'maxEventLength must be a number above 0; got 5'],
    ['maxEventLength of 0', { maxEventLength: 0 }, 'maxEventLength must be a number above 0; got 0'],
    [
      'maxEventLength that is no number',
      { maxEventLength: Number.NaN },
      'maxEventLength must be a number above 0; got NaN',
    ],
  ]) {
    test(name, () =>
      assert.throws(() => readEvents(new Response(''), options), { name: 'TypeError', message: text }),
    )
  }

  test('a part that is neither bytes nor text', async () => {
    await assert.rejects(collect(Readable.from([{ a: 1 }])), {
      name: 'TypeError',
      message: 'source must yield strings or bytes; got object',
    })
  })

  test('a body that was read', async () => {
    const response = new Response('data: a\n\n')
    await response.text()
    await assert.rejects(collect(response), TypeError)
  })
})
