// What the caller gets of the server's answer.

import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { TYPE_OF_ANSWER } from './defects.mjs'
import { EITHER, fix, keep } from './rows.mjs'
import { answer } from './scripted.mjs'

const GET = [{}, '/echo/r', 'GET']
const faulty = (status, body, headers) => ({
  faults: [{ action: { type: 'status', status, body, headers } }],
})

/** Body, data: the same whatever the type. */
const bodies = [
  ['an object', '{"a":1}', { a: 1 }],
  ['space around', ' {"a":1}\n', { a: 1 }],
  ['a list', '[1,2]', [1, 2]],
  ['a number', '123', 123],
  ['an exponent', '1e3', 1000],
  ['a large number', '12345678901234567890', 12345678901234567000],
  ['true', 'true', true],
  ['null', 'null', null],
  ['a JSON string', '"str"', 'str'],
  ['broken JSON', '{bad', '{bad'],
  ['HTML', '<html></html>', '<html></html>'],
  ['NaN', 'NaN', 'NaN'],
  ['spaces only', '  ', '  '],
  ['a text', 'hello é日😀', 'hello é日😀'],
  ['a key twice', '{"a":1,"a":2}', { a: 2 }],
]
const parsing = bodies.flatMap(([name, body, data]) =>
  ['application/json', 'text/plain'].map((type) =>
    keep(`answer: ${name} as ${type}`, GET, {
      ...faulty(200, body, { 'content-type': type }),
      ours: { resolves: { status: 200, data, 'headers.content-type': type } },
    }),
  ),
)

const raw = (name, answers, ours, more = {}) => keep(`answer: ${name}`, GET, { answers, ours, ...more })
const json = ['Content-Type', 'application/json']
const scripted = [
  raw('no Content-Type', [answer(200, [], '{"a":1}')], { resolves: { data: { a: 1 } } }),
  raw('a byte order mark', [answer(200, [json], '\ufeff{"a":1}')], { resolves: { data: { a: 1 } } }),
  raw('binary', [answer(200, [['Content-Type', 'image/png']], Buffer.from([0x89, 0x50, 0xff, 0xfe, 0]))], {
    resolves: { data: '\ufffdP\ufffd\ufffd\0' },
  }),
  raw(
    'Latin-1',
    [answer(200, [['Content-Type', 'text/plain; charset=iso-8859-1']], Buffer.from('é', 'latin1'))],
    {
      resolves: { data: '\ufffd' },
    },
  ),
  raw('an empty body', [answer(200, [json])], { resolves: { data: '' } }),
  raw('204', [answer(204, [])], { resolves: { status: 204, data: '' } }),
  raw('205', [answer(205, [])], { resolves: { status: 205, data: '' } }),
  raw('its own reason', [answer(200, [], 'x', 'Fine By Me')], { resolves: { statusText: 'Fine By Me' } }),
  raw('no reason', [answer(200, [], 'x', '')], { resolves: { statusText: '' } }),
  raw('gzip', [answer(200, [json, ['Content-Encoding', 'gzip']], gzipSync('{"a":1}'))], {
    resolves: { data: { a: 1 }, 'headers.content-encoding': undefined },
  }),
  raw('deflate', [answer(200, [json, ['Content-Encoding', 'deflate']], deflateSync('{"a":1}'))], {
    resolves: { data: { a: 1 }, 'headers.content-encoding': undefined },
  }),
  raw(
    'chunked',
    [answer(200, [json, ['Transfer-Encoding', 'chunked']], '4\r\n{"a"\r\n3\r\n:1}\r\n0\r\n\r\n')],
    {
      resolves: { data: { a: 1 } },
    },
  ),
  raw('one cookie', [answer(200, [['Set-Cookie', 'a=1; Path=/']], 'x')], {
    resolves: { 'headers.set-cookie': ['a=1; Path=/'] },
  }),
  raw(
    'two cookies',
    [
      answer(
        200,
        [
          ['Set-Cookie', 'a=1'],
          ['set-cookie', 'b=2, x'],
        ],
        'x',
      ),
    ],
    {
      resolves: { 'headers.set-cookie': ['a=1', 'b=2, x'] },
    },
  ),
  raw(
    'a header twice',
    [
      answer(
        200,
        [
          ['X-A', '1'],
          ['x-a', '2'],
        ],
        'x',
      ),
    ],
    { resolves: { 'headers.x-a': '1, 2' } },
  ),
  raw('header names in any case', [answer(200, [['X-MiXeD', 'V']], 'x')], {
    resolves: { 'headers.x-mixed': 'V' },
  }),
  raw(
    'an informational answer before',
    [
      Buffer.concat([
        Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n'),
        answer(200, [json], '{"a":1}'),
      ]),
    ],
    {
      resolves: { status: 200, data: { a: 1 } },
    },
  ),
  raw('__proto__ in JSON', [answer(200, [json], '{"__proto__":{"polluted":true}}')], {
    resolves: { status: 200 },
    check: ({ value }) => ownProto(value.data),
  }),
]

const scriptedFixes = [
  fix('gzip only', 'answer: raw deflate', GET, {
    answers: [answer(200, [json, ['Content-Encoding', 'deflate']], deflateRawSync('{"a":1}'))],
    ours: { resolves: { data: { a: 1 } } },
    old: { rejects: { message: 'incorrect header check', code: 'Z_DATA_ERROR' } },
  }),
  fix('fetch joins them', 'answer: ETag twice', GET, {
    answers: [
      answer(
        200,
        [
          ['ETag', '"1"'],
          ['ETag', '"2"'],
        ],
        'x',
      ),
    ],
    ours: { resolves: { 'headers.etag': '"1", "2"' } },
    old: { resolves: { 'headers.etag': '"1"' } },
  }),
  ...[
    ['arraybuffer', ArrayBuffer],
    ['blob', Blob],
    ['stream', ReadableStream],
  ].map(([responseType, type]) =>
    fix(TYPE_OF_ANSWER, `answer: responseType ${responseType}`, [{}, '/echo/r', 'GET', { responseType }], {
      answers: [answer(200, [['Content-Type', 'image/png']], Buffer.from([0x89, 0x50, 0xff]))],
      ours: { resolves: { status: 200, data: type } },
      old: { resolves: { data: '\ufffdP\ufffd' } },
    }),
  ),
  fix(TYPE_OF_ANSWER, 'answer: responseType text', [{}, '/echo/r', 'GET', { responseType: 'text' }], {
    answers: [answer(200, [json], '{"a":1}')],
    ours: { resolves: { data: '{"a":1}' } },
    old: { resolves: { data: { a: 1 } } },
  }),
  keep('answer: responseType json', [{}, '/echo/r', 'GET', { responseType: 'json' }], {
    answers: [answer(200, [json], '{"a":1}')],
    ours: { resolves: { data: { a: 1 } } },
  }),
  fix(
    TYPE_OF_ANSWER,
    'answer: an unknown responseType',
    [{}, '/echo/r', 'GET', { responseType: 'document' }],
    {
      ours: { sent: 0, rejects: { name: 'TypeError', message: /^responseType must be/ } },
      old: { sent: 1 },
    },
  ),
]

const ownProto = (data) => Object.hasOwn(data, '__proto__') && {}.polluted === undefined

/** Every status outside 2xx rejects. */
const statuses = [200, 201, 202, 203, 206, 299].map((status) =>
  keep(`status ${status} resolves`, GET, {
    ...faulty(status, { s: status }),
    ours: { resolves: { status, data: { s: status } } },
  }),
)
const refusals = [
  304, 400, 401, 403, 404, 405, 409, 410, 413, 418, 422, 429, 500, 501, 502, 503, 504, 599,
].map((status) =>
  keep(`status ${status} rejects`, GET, {
    auth: status === 304 ? ['open'] : EITHER,
    ...faulty(status, status === 304 ? '' : { message: `m${status}` }),
    ours: {
      sent: 1,
      rejects: {
        name: 'Error',
        message: `Request failed with status code ${status}`,
        code: undefined,
        isAxiosError: true,
        'response.status': status,
        'response.data': status === 304 ? '' : { message: `m${status}` },
      },
    },
  }),
)
const unusual = [
  keep('status 500 with HTML', GET, {
    ...faulty(500, '<h1>no</h1>', { 'content-type': 'text/html' }),
    ours: { rejects: { 'response.data': '<h1>no</h1>' } },
  }),
  keep('status 500 without a body', GET, { ...faulty(500, ''), ours: { rejects: { 'response.data': '' } } }),
  keep('status 404 on HEAD', [{}, '/echo/r', 'HEAD'], {
    ...faulty(404, ''),
    auth: EITHER,
    ours: { rejects: { 'response.data': '' } },
  }),
  keep('status 400 on POST tells what was sent', [{}, '/echo/r', 'POST', {}, { a: 1 }], {
    ...faulty(400, { message: 'no' }),
    auth: EITHER,
    ours: { rejects: { 'config.data': '{"a":1}', 'config.method': 'post' } },
  }),
  fix('fetch takes it for a network error', 'status 407', GET, {
    answers: [answer(407, [], 'x')],
    ours: { sent: 1, rejects: { message: 'Network Error', response: undefined } },
    old: { sent: 1, rejects: { message: 'Request failed with status code 407' } },
  }),
  keep('status 600', GET, {
    answers: [answer(599, [], 'x')],
    ours: { rejects: { message: 'Request failed with status code 599' } },
  }),
]

export const answers = [...parsing, ...scripted, ...scriptedFixes, ...statuses, ...refusals, ...unusual]
