// createSigner: what it keeps between signatures never shows in one.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
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
