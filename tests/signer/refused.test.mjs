// What createSigner and newClient refuse at once, naming the argument: a URL, a time or a clock that could only make
// a signature for something else.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createSigner, newClient } from 'gatesign'

const OPTIONS = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'secret',
  region: 'us-east-1',
  service: 'execute-api',
}
const signer = createSigner(OPTIONS)
const USES = {
  sign: (url) => signer.sign({ url }),
  presign: (url) => signer.presign({ url, expiresIn: 60 }),
  explain: (url) => signer.explain({ url }),
}
const PARTS = { host: 'api.example.com', path: '/x', query: 'a=1' }

/** Refused by all three, with a TypeError that begins so. */
function refused(url, message) {
  for (const [name, use] of Object.entries(USES)) {
    assert.throws(() => use(url), { name: 'TypeError', message }, name)
  }
}

describe('URL parts', () => {
  for (const host of [
    ...[
      '',
      ' ',
      'a b',
      'h.example/',
      'h.example/x',
      'h.example?',
      'h.example#',
      'user@h.example',
      'h\\x',
      'h\0',
    ],
    ...[
      'h\n',
      'h\r\nx: y',
      '\th',
      'h\x7f',
      'https://h',
      'bücher.example',
      '[::1',
      '[h]',
      'h:port',
      'h:80:80',
      '<h>',
    ],
  ]) {
    test(`host: ${JSON.stringify(host)}`, () =>
      refused({ ...PARTS, host }, /^url\.host must be a host name or address/))
  }
  for (const path of [
    '',
    'x',
    ' /x',
    '?x',
    '#',
    '/x?',
    '/x?a=1',
    '/x#',
    '/x#y',
    '/\0',
    '/a\nb',
    '/a\rb',
    '/\t',
    '/\x7f',
  ]) {
    test(`path: ${JSON.stringify(path)}`, () =>
      refused({ ...PARTS, path }, /^url\.path must be a path that starts with \//))
  }
  for (const query of ['#', 'a=1#b', 'a=\0', 'a\nb', '\r']) {
    test(`query: ${JSON.stringify(query)}`, () =>
      refused({ ...PARTS, query }, /^url\.query must be a query without #/))
  }
  test('a query is not shown', () => refused({ ...PARTS, query: 'canary#' }, /^((?!canary).)*$/s))
  for (const protocol of [
    'data:',
    'mailto:',
    'javascript:',
    'file:',
    'blob:',
    'ftp:',
    'https',
    'HTTPS:',
    '',
    'https://',
  ]) {
    test(`protocol: ${JSON.stringify(protocol)}`, () =>
      refused({ ...PARTS, protocol }, /^url\.protocol must be /))
  }
  for (const [name, value] of [
    ['host', undefined],
    ['path', 7],
    ['query', {}],
    ['protocol', null],
  ]) {
    test(`${name}: ${value}`, () =>
      refused({ ...PARTS, [name]: value }, new RegExp(`^url\\.${name} must be a string; got `)))
  }
  test('what is fine', () => {
    for (const parts of [
      { host: 'api.example.com:8443' },
      { host: '127.0.0.1:80' },
      { host: '[2001:db8::7]:8080' },
      { host: 'under_score.example' },
      { path: '/a b/é/{x}|^`\\' },
      { query: 'a=b?c/d&é' },
      { protocol: 'wss:' },
    ]) {
      for (const use of Object.values(USES)) use({ ...PARTS, ...parts })
    }
  })
})

describe('URLs of other schemes', () => {
  for (const url of [
    ...[
      'data:text/plain,x',
      'mailto:a@b.example',
      'javascript:alert(1)',
      'file:///etc/passwd',
      'ftp://h.example/x',
    ],
    ...['blob:https://h.example/1', 'about:blank', 'tel:1', 's3://bucket/key'],
  ]) {
    test(url, () => {
      for (const given of [url, new URL(url)]) {
        refused(given, `url must be an https, http, wss or ws URL; got "${new URL(url).protocol}"`)
      }
    })
  }
  test('http, https, ws and wss are signed', () => {
    for (const scheme of ['http', 'https', 'ws', 'wss']) {
      for (const use of Object.values(USES)) use(`${scheme}://h.example/x`)
    }
  })
})

describe('times', () => {
  const BAD = [
    ...['20150230T000000Z', '20150229T000000Z', '20150431T120000Z', '20151301T000000Z', '20150100T000000Z'],
    ...['20150101T250000Z', '2015-02-30', '2015-02-30T00:00:00Z', '2015-02-30T12:00:00+09:00', '2100-02-29'],
    ...['2015-01-01 (a comment)', '2015-01-01 10:00 PM', '2015-01-01 PST', '2015-01-01T10Z', '2015-01-01x'],
    ...['', 'soon', '20150101', '5', 'Sun, 30 Aug 2015 12:36:00 GMT', '+010000-01-01T00:00:00Z'],
    ...[
      Number.NaN,
      Number.POSITIVE_INFINITY,
      2.6e14,
      -6.3e13,
      new Date(Number.NaN),
      {},
      true,
      5n,
      Symbol('x'),
    ],
  ]
  const message =
    /^date must be a Date, ms since the epoch or ISO 8601 text, between the years 0 and 9999; got /
  for (const date of BAD) {
    test(`${typeof date} ${String(date)}: refused when the signer is made, and in each call`, () => {
      assert.throws(() => createSigner({ ...OPTIONS, date }), { name: 'TypeError', message })
      const url = 'https://h.example/'
      assert.throws(() => signer.sign({ url, date }), { name: 'TypeError', message })
      assert.throws(() => signer.presign({ url, date, expiresIn: 1 }), { name: 'TypeError', message })
      assert.throws(() => signer.explain({ url, date }), { name: 'TypeError', message })
      assert.throws(() => signer.signString('x', date), { name: 'TypeError', message })
    })
  }
  test('what is a time', () => {
    for (const [date, amzDate] of [
      ['20160229T235959Z', '20160229T235959Z'],
      ['2016-02-29', '20160229T000000Z'],
      ['2016-02-29T12:00:00.5+09:00', '20160229T030000Z'],
      ['2016-02-29T12:00+0900', '20160229T030000Z'],
      ['2016-02-29t12:00:00.123456z', '20160229T120000Z'],
      ['2016-02-29 12:00:00Z', '20160229T120000Z'],
      ['0001-01-01T00:00:00Z', '00010101T000000Z'],
      [0, '19700101T000000Z'],
      [new Date(1e12), '20010909T014640Z'],
    ]) {
      assert.equal(signer.explain({ url: 'https://h.example/', date }).amzDate, amzDate)
    }
  })
})

describe('systemClockOffset', () => {
  const config = { invokeUrl: 'https://h.example', region: 'us-east-1', accessKey: 'A', secretKey: 'b' }
  for (const systemClockOffset of [Number.POSITIVE_INFINITY, -Infinity, 'Infinity', 1e300, -1e15, 2.6e14]) {
    test(`${typeof systemClockOffset} ${systemClockOffset}`, () => {
      assert.throws(() => newClient({ ...config, systemClockOffset }), {
        name: 'TypeError',
        message: /^systemClockOffset must be milliseconds after which the year has four digits; got /,
      })
    })
  }
  test('an hour is fine, either way and as a text', async () => {
    for (const systemClockOffset of [3_600_000, -3_600_000, '3600000']) {
      await newClient({ ...config, systemClockOffset }).sign({})
    }
  })
})
