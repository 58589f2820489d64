// queryParams.

import { LISTS_AS_TEXT, NAMES_IN_QUERY, NULL_AS_TEXT, OTHER_OBJECTS, STAR_IN_QUERY } from './defects.mjs'
import { EITHER, fix, keep } from './rows.mjs'

const query = (queryParams) => [{}, '/echo/q', 'GET', { queryParams }]

/** Value, target: the same with and without a signature. */
const kept = [
  ['nothing', {}, ''],
  ['undefined instead of an object', undefined, ''],
  ['an empty string instead of an object', '', ''],
  ['a space', { q: 'a b' }, '?q=a%20b'],
  ['reserved characters in a value', { q: ':/?#[]@$&+,;=' }, '?q=%3A%2F%3F%23%5B%5D%40%24%26%2B%2C%3B%3D'],
  ['unicode in a value', { q: 'é日😀' }, '?q=%C3%A9%E6%97%A5%F0%9F%98%80'],
  ['unreserved characters', { q: 'aZ09-_.~' }, '?q=aZ09-_.~'],
  ['a percent sign', { q: '100%' }, '?q=100%25'],
  ['an encoded value is encoded again', { q: '%20' }, '?q=%2520'],
  ['a line break', { q: 'a\nb' }, '?q=a%0Ab'],
  ['an empty value', { q: '' }, '?q='],
  ['an empty name', { '': 'v' }, '?=v'],
  ['numbers', { n: 5, f: 1.5 }, undefined],
  ['0 and -1', { a: 0, b: -1 }, '?a=0&b=-1'],
  ['booleans', { a: true, b: false }, '?a=true&b=false'],
  ['NaN and Infinity', { a: Number.NaN, b: Number.POSITIVE_INFINITY }, '?a=NaN&b=Infinity'],
  ['a bigint', { b: 12345678901234567890n }, '?b=12345678901234567890'],
  ['a list', { a: ['x', 'y'] }, '?a=x%2Cy'],
  ['an empty list', { a: [] }, '?a='],
  ['a list of one', { a: ['x'] }, '?a=x'],
  ['a list of numbers', { a: [1, 2.5, 0] }, '?a=1%2C2.5%2C0'],
  ['a list with null and undefined', { a: ['x', null, undefined, 'y'] }, '?a=x%2C%2C%2Cy'],
  ['many', { a: '1', b: '2', c: '3' }, '?a=1&b=2&c=3'],
  ['integer-like names', { 10: 'a', 2: 'b' }, undefined],
]

const keeps = kept.map(([name, given, target]) =>
  keep(`query: ${name}`, query(given), {
    auth: EITHER,
    ours: { target: target === undefined ? undefined : `~/echo/q${target}`, resolves: { status: 200 } },
  }),
)

const order = [
  keep('query: an unsigned one keeps the caller’s order', query({ b: '1', a: '2', B: '3', A: '4' }), {
    ours: { target: '~/echo/q?b=1&a=2&B=3&A=4' },
  }),
  keep('query: a signed one is sorted', query({ b: '1', a: '2', B: '3', A: '4' }), {
    auth: ['iam'],
    ours: { target: '~/echo/q?A=4&B=3&a=2&b=1', verdict: 'ok' },
  }),
  keep('query: on every method', [{}, '/echo/q', 'POST', { queryParams: { a: 'b c' } }, { x: 1 }], {
    auth: EITHER,
    ours: { target: '~/echo/q?a=b%20c', body: '{"x":1}' },
  }),
]

const encoding = [
  fix(STAR_IN_QUERY, 'query: * in a value', query({ q: 'a*' }), {
    auth: ['iam'],
    ours: { target: '~/echo/q?q=a%2A', verdict: 'ok', resolves: { status: 200 } },
    old: { target: '~/echo/q?q=a%2a', verdict: 'SignatureDoesNotMatch', rejects: { 'response.status': 403 } },
  }),
  keep("query: ! ' ( ) in a value, signed", query({ q: "!'()" }), {
    auth: ['iam'],
    ours: { target: '~/echo/q?q=%21%27%28%29' },
  }),
  fix('two encodings', "query: ! ' ( ) * unsigned are encoded as signed", query({ q: "!'()*" }), {
    ours: { target: '~/echo/q?q=%21%27%28%29%2A' },
    old: { target: '~/echo/q?q=!%27()*' },
  }),
  ...[
    ['brackets', 'filter[name]', 'filter%5Bname%5D', 'filter[name]'],
    ['a space', 'k y', 'k%20y', 'k%20y'],
    ['a colon', 'a:b', 'a%3Ab', 'a:b'],
    ['a dollar', '$filter', '%24filter', '$filter'],
    ['an ampersand and =', 'k&y=', 'k%26y%3D', 'k&y='],
    ['a question mark', 'a?b', 'a%3Fb', 'a?b'],
    ['a plus', 'a+b', 'a%2Bb', 'a+b'],
  ].map(([what, name, ours, old]) =>
    fix(NAMES_IN_QUERY, `query: ${what} in a name`, query({ [name]: 'x' }), {
      auth: ['iam'],
      ours: { target: `~/echo/q?${ours}=x`, verdict: 'ok', resolves: { status: 200 } },
      old: { target: `~/echo/q?${old}=x` },
    }),
  ),
  fix(NAMES_IN_QUERY, 'query: # in a name loses the rest', query({ 'a#b': 'c' }), {
    auth: ['iam'],
    ours: { target: '~/echo/q?a%23b=c', verdict: 'ok' },
    old: { target: '~/echo/q?a' },
  }),
  fix(NAMES_IN_QUERY, 'query: unicode in a name', query({ 日: 'x' }), {
    auth: ['iam'],
    ours: { target: '~/echo/q?%E6%97%A5=x', verdict: 'ok' },
    old: { sent: 0, rejects: { code: 'ERR_UNESCAPED_CHARACTERS' } },
  }),
  keep('query: names are encoded without a signature', query({ 'filter[é]': 'x', 'a b': 'y', 'k&=': 'z' }), {
    ours: { target: '~/echo/q?filter%5B%C3%A9%5D=x&a%20b=y&k%26%3D=z' },
  }),
]

const values = [
  fix(NULL_AS_TEXT, 'query: undefined and null are left out', query({ a: undefined, b: null, c: 'x' }), {
    auth: EITHER,
    ours: { target: '~/echo/q?c=x', resolves: { status: 200 } },
    old: { target: '~/echo/q?a=undefined&b=null&c=x' },
  }),
  fix(NULL_AS_TEXT, 'query: an object is refused', query({ o: { k: 1 } }), {
    auth: EITHER,
    ours: { sent: 0, rejects: { name: 'TypeError', message: /queryParams\["o"\]/ } },
    old: { target: '~/echo/q?o=%5Bobject%20Object%5D' },
  }),
  fix(NULL_AS_TEXT, 'query: a function is refused', query({ f: () => 1 }), {
    ours: { sent: 0, rejects: { name: 'TypeError', message: /queryParams\["f"\]/ } },
    old: { sent: 1 },
  }),
  fix(NULL_AS_TEXT, 'query: a symbol is refused', query({ s: Symbol('x') }), {
    ours: { sent: 0, rejects: { name: 'TypeError', message: /queryParams\["s"\]/ } },
    old: { sent: 0, throws: { name: 'TypeError' } },
  }),
  fix('Date.toString', 'query: a Date is ISO 8601', query({ d: new Date(0) }), {
    auth: EITHER,
    ours: { target: '~/echo/q?d=1970-01-01T00%3A00%3A00.000Z' },
    old: { sent: 1, check: ({ requests }) => /\?d=[A-Z][a-z]{2}%20/.test(requests[0].target) },
  }),
  fix('URIError', 'query: a lone surrogate', query({ s: '\ud83d' }), {
    auth: EITHER,
    ours: { sent: 0, rejects: { name: 'TypeError', message: /surrogate/ } },
    old: { sent: 0, throws: { name: 'URIError' } },
  }),
  fix(LISTS_AS_TEXT, 'query: a list as repeated names', query({ a: ['x', null, 'y'], b: 1 }), {
    auth: EITHER,
    config: { queryArrayFormat: 'repeat' },
    ours: { target: '~/echo/q?a=x&a=y&b=1', resolves: { status: 200 } },
    old: { target: '~/echo/q?a=x%2C%2Cy&b=1' },
  }),
]

const containers = [
  ['null', () => null, '', 'TypeError'],
  ['a URLSearchParams', () => new URLSearchParams('a=1&a=2&b=x y'), '?a=1&a=2&b=x%20y', 'TypeError'],
  ['a Map', () => new Map([['a', '1']]), '?a=1', 'TypeError'],
  [
    'an object without a prototype',
    () => Object.assign(Object.create(null), { a: '1' }),
    '?a=1',
    'TypeError',
  ],
  [
    'an instance of a class',
    () =>
      new (class Filter {
        a = '1'
      })(),
    '?a=1',
    'TypeError',
  ],
  ['a name that is "constructor"', () => ({ constructor: 'x' }), '?constructor=x', 'TypeError'],
].map(([name, make, target, error]) =>
  fix(OTHER_OBJECTS, `query: ${name}`, () => query(make()), {
    auth: EITHER,
    ours: { target: `~/echo/q${target}`, resolves: { status: 200 } },
    old: { sent: 0, throws: { name: error } },
  }),
)

const others = [
  fix(OTHER_OBJECTS, 'query: __proto__ as a name', () => query(JSON.parse('{"__proto__":"x","a":"1"}')), {
    auth: EITHER,
    ours: {
      sent: 1,
      resolves: { status: 200 },
      check: ({ requests }) => requests[0].target.includes('__proto__=x'),
    },
    old: { target: '~/echo/q?a=1' },
  }),
  fix(OTHER_OBJECTS, 'query: a text', query('a=1&b=x y'), {
    auth: EITHER,
    ours: { target: '~/echo/q?a=1&b=x%20y', resolves: { status: 200 } },
    old: { check: ({ requests }) => requests[0].target.includes('?0=a&1=') },
  }),
]

export const queries = [...keeps, ...order, ...encoding, ...values, ...containers, ...others]
