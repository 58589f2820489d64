// createSigner: what it keeps between signatures never shows in one.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { runInNewContext } from 'node:vm'
import { createSigner } from 'gatesign'

const make = (options) =>
  createSigner({
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    region: 'us-east-1',
    service: 'execute-api',
    date: '20150830T123600Z',
    ...options,
  })
const USES = {
  sign: (signer, url) => signer.sign({ url }),
  presign: (signer, url) => signer.presign({ url, expiresIn: 60 }),
  explain: (signer, url) => signer.explain({ url }),
}

for (const [name, use] of Object.entries(USES)) {
  describe(name, () => {
    test('a text that is no URL is refused, by a new signer and after a URL', () => {
      const used = make()
      use(used, 'https://a.example/x')
      for (const signer of [make(), used]) {
        for (const url of ['', 'x', '/x', 'https://']) {
          assert.throws(() => use(signer, url), {
            name: 'TypeError',
            message: /^url must be an absolute URL/,
          })
        }
      }
    })

    test('a user name or password is refused, in a text and in a URL, and not shown', () => {
      for (const given of ['https://user:canary@a.example/x', 'https://user@a.example/']) {
        for (const url of [given, new URL(given)]) {
          assert.throws(() => use(make(), url), {
            name: 'TypeError',
            message: 'url must not contain a user name or password',
          })
        }
      }
      assert.throws(() => use(make(), 'https://user:canary@a b/x?canary'), {
        message: 'url must be an absolute URL; got "...@a b/x"',
      })
    })

    test('a URL has the same signature whatever was signed before', () => {
      const used = make()
      const urls = ['https://none/', 'https://a.example/x?b=1', 'https://a.example/x', 'https://B.example']
      for (const url of [...urls, ...urls, ...urls.flatMap((url) => [url, url])]) {
        assert.deepEqual(use(used, url), use(make(), url))
        assert.throws(() => use(used, 'x'), TypeError)
      }
    })

    test('a URL object that changes is read each time', () => {
      const signer = make()
      const url = new URL('https://a.example/x')
      use(signer, url)
      url.pathname = '/y'
      assert.deepEqual(use(signer, url), use(make(), 'https://a.example/y'))
    })
  })
}

describe('signPayload: false', () => {
  // The platform hashes the long ones.
  for (const size of [0, 1, 1023, 1024, 40_000, 300_000]) {
    for (const [name, body] of [
      ['characters', 'x'.repeat(size)],
      ['bytes', new Uint8Array(size)],
    ]) {
      test(`${size} ${name}`, () => {
        const request = { url: 'https://a.s3.amazonaws.com/key', method: 'PUT', body }
        const signer = make({ service: 's3', signPayload: false })
        assert.equal(signer.explain(request).payloadHash, 'UNSIGNED-PAYLOAD')
        assert.equal(signer.sign(request).headers['x-amz-content-sha256'], 'UNSIGNED-PAYLOAD')
        const bodyHash = 'a'.repeat(64)
        assert.equal(signer.explain({ ...request, bodyHash }).payloadHash, bodyHash)
      })
    }
  }
})

test('signPayload: false says so to every service, unless the header is not wanted', () => {
  const header = (options) =>
    make({ signPayload: false, ...options }).sign({ url: 'https://a.example/', method: 'POST', body: 'x' })
      .headers['x-amz-content-sha256']
  assert.equal(header(), 'UNSIGNED-PAYLOAD')
  assert.equal(header({ payloadHeader: false }), undefined)
})

test('a secret in the place of the region is not shown', () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
  assert.throws(() => make({ secretAccessKey: 'us-east-1', region: secret }), {
    name: 'TypeError',
    message: 'region must be a region\'s code, such as us-east-1; got "40 characters or more"',
  })
})

describe('the same bytes have the same hash', () => {
  const bytes = Uint8Array.from([1, 2, 3])
  const shared = new SharedArrayBuffer(3, { maxByteLength: 9 })
  new Uint8Array(shared).set(bytes)
  const hashOf = (body) => make().explain({ url: 'https://a.example/', method: 'PUT', body }).payloadHash
  for (const [name, body] of [
    ['an ArrayBuffer', bytes.buffer],
    ['one of another realm', runInNewContext('Uint8Array.from([1, 2, 3]).buffer')],
    ['a view of another realm', runInNewContext('Uint8Array.from([1, 2, 3])')],
    ['a SharedArrayBuffer that can grow', shared],
    ['text', '\u0001\u0002\u0003'],
  ]) {
    test(name, () => assert.equal(hashOf(body), hashOf(bytes)))
  }
})

test("a token that is added after signing replaces a caller's own, which is not signed either", () => {
  const signer = make({ sessionToken: 'the-token', omitSessionToken: true })
  const url = 'https://a.example/x'
  const own = signer.sign({ url, headers: { 'X-Amz-Security-Token': 'another' } }).headers
  assert.deepEqual(own, signer.sign({ url }).headers)
  assert.equal(own['x-amz-security-token'], 'the-token')
})

test('a header named __proto__ is refused, those named like other properties of objects are kept', () => {
  const signer = make()
  const url = 'https://a.example/x'
  assert.throws(() => signer.sign({ url, headers: [['__proto__', 'x']] }), {
    name: 'TypeError',
    message: 'headers must not have one named __proto__',
  })
  const { headers } = signer.sign({ url, headers: { constructor: '1', toString: '2' } })
  assert.deepEqual([headers.constructor, headers.toString], ['1', '2'])
  assert.match(headers.authorization, /SignedHeaders=constructor;host;tostring;x-amz-date,/)
})

test('a header that is given twice arrives as it was signed', () => {
  const signer = make()
  const url = 'https://a.example/x'
  for (const headers of [
    [
      ['X-A', '1'],
      ['x-b', '3'],
      ['x-a', ' 2  4 '],
    ],
    { 'X-A': '1', 'x-b': '3', 'x-a': ' 2  4 ' },
  ]) {
    const sent = signer.sign({ url, headers }).headers
    assert.deepEqual([sent['X-A'], sent['x-a'], sent['x-b']], ['1,2  4', undefined, '3'])
    assert.match(signer.explain({ url, headers }).canonicalRequest, /^x-a:1,2 4$/m)
    // What arrives is one line: its signature is the same.
    const { authorization, 'x-amz-date': date, ...arrived } = sent
    assert.equal(signer.sign({ url, headers: arrived, date }).headers.authorization, authorization)
  }
})
