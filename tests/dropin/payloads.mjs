// Bodies, as the old package's users send them; bodies.test.mjs has the types that only ours takes.

import {
  LOST_BODIES,
  OTHER_BODIES,
  OTHER_OBJECTS,
  QUOTED_TWICE,
  THROWN_ERRORS,
  TYPE_OF_JSON,
} from './defects.mjs'
import { EITHER, fix, keep } from './rows.mjs'

const post = (body, type) => [
  {},
  '/echo/b',
  'POST',
  type === undefined ? {} : { headers: { 'Content-Type': type } },
  body,
]

const kept = [
  ['an object', { a: 1, b: [1, null, 'é'] }, '{"a":1,"b":[1,null,"é"]}'],
  ['a list', [1, 'a', null], '[1,"a",null]'],
  ['undefined in an object', { a: undefined }, '{}'],
  ['undefined in a list', [undefined, Number.NaN], '[null,null]'],
  ['a Date in an object', { d: new Date(0) }, '{"d":"1970-01-01T00:00:00.000Z"}'],
  ['an inner toJSON', { a: { toJSON: () => 'x' } }, '{"a":"x"}'],
  ['nested empty containers', { a: {}, b: [] }, '{"a":{},"b":[]}'],
  ['a lone surrogate in an object', { a: '\ud83d' }, '{"a":"\\ud83d"}'],
  ['a text', 'hello', '"hello"'],
  ['a text with quotes', 'say "hi"', '"say \\"hi\\""'],
  ['a text in unicode', 'é日😀', '"é日😀"'],
  ['a large object', { text: 'x'.repeat(40_000) }, undefined],
].map(([name, body, text]) =>
  keep(`body: ${name}`, post(body), {
    auth: EITHER,
    ours: { body: text, headers: { 'content-type': 'application/json' }, resolves: { status: 200 } },
    // Which of them copies the object is not seen from outside.
    except: [],
  }),
)

const none = [
  ['undefined', undefined],
  ['null', null],
  ['an empty text', ''],
  ['{}', {}],
  ['[]', []],
].flatMap(([name, body]) => [
  keep(`body: ${name} is none on POST`, [{}, '/echo/b', 'POST', {}, body], {
    auth: EITHER,
    ours: { body: '', sent: 1, resolves: { status: 200 } },
  }),
  keep(`body: ${name} is none on GET`, [{}, '/echo/b', 'GET', {}, body], {
    auth: EITHER,
    ours: { body: '', sent: 1, resolves: { status: 200 } },
  }),
])

const methods = ['PUT', 'PATCH', 'DELETE'].map((method) =>
  keep(`body: on ${method}`, [{}, '/echo/b', method, {}, { force: true }], {
    auth: EITHER,
    ours: { method, body: '{"force":true}' },
  }),
)

const noBodyAllowed = ['GET', 'head'].map((method) =>
  fix('fetch sends none', `body: on ${method} is refused`, [{}, '/echo/b', method, {}, { a: 1 }], {
    auth: EITHER,
    ours: { sent: 0, rejects: { name: 'TypeError', message: /body must be empty for .*queryParams/ } },
    old: { body: '{"a":1}' },
  }),
)

const texts = [
  keep('body: JSON text, unsigned', post('{"a":1}'), { ours: { body: '{"a":1}' } }),
  keep('body: JSON text with space around, unsigned', post(' {"a":1} '), { ours: { body: '{"a":1}' } }),
  keep('body: the text of a number, unsigned', post('123'), { ours: { body: '123' } }),
  keep('body: the text null, unsigned', post('null'), { ours: { body: 'null' } }),
  ...[
    ['JSON text', '{"a":1}', '{"a":1}', '"{\\"a\\":1}"'],
    ['JSON text with space around', ' {"a":1} ', '{"a":1}', '" {\\"a\\":1} "'],
    ['the text of a number', '123', '123', '"123"'],
    ['the text null', 'null', 'null', '"null"'],
    ['the text of a string', '"x"', '"x"', '"\\"x\\""'],
  ].map(([name, body, ours, old]) =>
    fix(QUOTED_TWICE, `body: ${name}, signed, is not quoted again`, post(body), {
      auth: ['iam'],
      ours: { body: ours, verdict: 'ok' },
      old: { body: old, verdict: 'ok' },
    }),
  ),
  ...['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'application/octet-stream'].map(
    (type) =>
      keep(`body: a text as ${type}`, post('a=1&b=é', type), {
        auth: EITHER,
        ours: { body: 'a=1&b=é', headers: { 'content-type': type } },
      }),
  ),
  keep('body: JSON text as text/plain', post(' {"a":1} ', 'text/plain'), {
    auth: EITHER,
    ours: { body: ' {"a":1} ' },
  }),
  fix('URIError', 'body: a lone surrogate in a text', post('a\ud83d', 'text/plain'), {
    auth: ['iam'],
    // As fetch writes it: U+FFFD.
    ours: { verdict: 'ok', body: Buffer.from([0x61, 0xef, 0xbf, 0xbd]) },
    old: { sent: 0, throws: { name: 'URIError' } },
  }),
  keep('body: a lone surrogate in a text, unsigned', post('a\ud83d', 'text/plain'), {
    ours: { body: Buffer.from([0x61, 0xef, 0xbf, 0xbd]) },
    except: ['config.data'],
  }),
]

const otherTypes = [
  'application/json; charset=utf-8',
  'Application/JSON',
  'application/vnd.api+json',
  'text/plain',
].flatMap((type) => [
  keep(`body: an object as ${type}, unsigned`, post({ a: 1 }, type), {
    ours: { body: '{"a":1}', headers: { 'content-type': type } },
  }),
  fix(TYPE_OF_JSON, `body: an object as ${type}, signed`, post({ a: 1 }, type), {
    auth: ['iam'],
    ours: { body: '{"a":1}', headers: { 'content-type': type }, verdict: 'ok' },
    old: { body: '{"a":1}', verdict: 'SignatureDoesNotMatch' },
  }),
])

const moreTypes = [
  fix(TYPE_OF_JSON, 'body: an object with another defaultContentType', post({ a: 1 }), {
    auth: ['iam'],
    config: { defaultContentType: 'application/vnd.api+json' },
    ours: { body: '{"a":1}', headers: { 'content-type': 'application/vnd.api+json' }, verdict: 'ok' },
    old: { body: '{"a":1}', verdict: 'SignatureDoesNotMatch' },
  }),
  fix(
    TYPE_OF_JSON,
    'body: a text as application/json; charset=utf-8 is quoted',
    post('hello', 'application/json; charset=utf-8'),
    {
      auth: EITHER,
      ours: { body: '"hello"', verdict: 'ok' },
      old: { body: 'hello' },
    },
  ),
]

const scalars = [5, 0, -1.5, true, false].map((value) =>
  fix(LOST_BODIES, `body: ${value} is sent as JSON`, post(value), {
    auth: EITHER,
    ours: { body: String(value), headers: { 'content-type': 'application/json' }, verdict: 'ok' },
    old: { body: '' },
  }),
)

const bytes = Buffer.from([0x68, 0xc3, 0xa9, 0, 255])
const binaries = [
  keep('body: a Buffer, unsigned', () => post(Buffer.from(bytes)), { ours: { body: bytes } }),
  keep(
    'body: a Buffer as octet-stream, unsigned',
    () => post(Buffer.from(bytes), 'application/octet-stream'),
    { ours: { body: bytes } },
  ),
  fix(OTHER_BODIES, 'body: a Buffer, signed, is not written as JSON', () => post(Buffer.from(bytes)), {
    auth: ['iam'],
    ours: { body: bytes, verdict: 'ok' },
    old: { body: '{"type":"Buffer","data":[104,195,169,0,255]}', verdict: 'ok' },
  }),
  fix(
    OTHER_BODIES,
    'body: a Buffer as octet-stream, signed',
    () => post(Buffer.from(bytes), 'application/octet-stream'),
    {
      auth: ['iam'],
      ours: { body: bytes, headers: { 'content-type': 'application/octet-stream' }, verdict: 'ok' },
      old: { body: bytes, verdict: 'SignatureDoesNotMatch' },
    },
  ),
  fix(
    OTHER_BODIES,
    'body: a typed array',
    () => post(Uint8Array.from([104, 105]), 'application/octet-stream'),
    {
      auth: EITHER,
      ours: { body: 'hi', verdict: 'ok' },
      old: { sent: 0, throws: { name: 'TypeError', message: /Uint8Array/ } },
    },
  ),
  fix(
    OTHER_BODIES,
    'body: an ArrayBuffer',
    () => post(Uint8Array.from([104, 105]).buffer, 'application/octet-stream'),
    {
      auth: EITHER,
      ours: { body: 'hi', verdict: 'ok' },
      old: { body: '' },
    },
  ),
  fix(OTHER_BODIES, 'body: URLSearchParams', () => post(new URLSearchParams({ a: 'b c' })), {
    auth: EITHER,
    ours: {
      body: 'a=b+c',
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' },
      verdict: 'ok',
    },
    old: { body: '' },
  }),
  fix(OTHER_BODIES, 'body: a Blob', () => post(new Blob(['hi'], { type: 'text/plain' })), {
    auth: EITHER,
    ours: { body: 'hi', headers: { 'content-type': 'text/plain' }, verdict: 'ok' },
    old: { body: '' },
  }),
  fix(OTHER_BODIES, 'body: FormData', () => post(formOf({ a: 'b' })), {
    auth: EITHER,
    ours: {
      headers: { 'content-type': /^multipart\/form-data; boundary=/ },
      verdict: 'ok',
      resolves: { status: 200 },
    },
    old: { body: '' },
  }),
]

const objects = [
  fix(
    OTHER_OBJECTS,
    'body: an instance of a class',
    () =>
      post(
        new (class Pet {
          name = 'Rex'
        })(),
      ),
    {
      auth: EITHER,
      ours: { body: '{"name":"Rex"}', verdict: 'ok' },
      old: { sent: 0, throws: { name: 'TypeError' } },
    },
  ),
  fix(
    OTHER_OBJECTS,
    'body: an object without a prototype',
    () => post(Object.assign(Object.create(null), { a: 1 })),
    {
      auth: EITHER,
      ours: { body: '{"a":1}', verdict: 'ok' },
      old: { sent: 0, throws: { name: 'TypeError' } },
    },
  ),
  fix(OTHER_OBJECTS, 'body: a key that is "constructor"', () => post({ constructor: 'x' }), {
    auth: EITHER,
    ours: { body: '{"constructor":"x"}', verdict: 'ok' },
    old: { sent: 0, throws: { name: 'TypeError' } },
  }),
  fix(OTHER_OBJECTS, 'body: a String object', () => post(new String('hi')), {
    auth: EITHER,
    ours: { body: '"hi"', verdict: 'ok' },
    old: { sent: 0, throws: { name: 'TypeError' } },
  }),
  fix(LOST_BODIES, 'body: a Date', () => post(new Date(0)), {
    auth: EITHER,
    ours: { body: '"1970-01-01T00:00:00.000Z"', verdict: 'ok' },
    old: { body: '' },
  }),
  fix(THROWN_ERRORS, 'body: a cycle', () => post(cycle()), {
    auth: EITHER,
    ours: { sent: 0, rejects: { name: 'TypeError', message: /^body / } },
    old: { sent: 0, throws: {} },
  }),
  fix(THROWN_ERRORS, 'body: a bigint inside', () => post({ a: 1n }), {
    auth: EITHER,
    ours: { sent: 0, rejects: { name: 'TypeError', message: /^body .*BigInt/ } },
    old: { sent: 0, check: ({ kind, error }) => error instanceof TypeError && kind !== 'resolves' },
  }),
  ...[
    ['a Map', () => new Map([['a', 1]])],
    ['a Set', () => new Set([1])],
    ['a function', () => () => 1],
    ['a symbol', () => Symbol('x')],
    ['a bigint', () => 5n],
  ].map(([name, make]) =>
    fix(LOST_BODIES, `body: ${name} is refused`, () => post(make()), {
      auth: EITHER,
      ours: { sent: 0, rejects: { name: 'TypeError', message: /^body / } },
      old: { body: '', sent: 1 },
    }),
  ),
]

function formOf(fields) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}

function cycle() {
  const object = { a: 1 }
  object.self = object
  return object
}

export const payloads = [
  ...kept,
  ...none,
  ...methods,
  ...noBodyAllowed,
  ...texts,
  ...otherTypes,
  ...moreTypes,
  ...scalars,
  ...binaries,
  ...objects,
]
