// Signatures over fixed requests at a fixed time: the old package's, our signer's, our client's.

import assert from 'node:assert/strict'
import { after, beforeEach, describe, test } from 'node:test'
import { createSigner, newClient } from 'gatesign'
import { FACTORIES } from './dropin.mjs'
import { headersOf } from './rows.mjs'
import { answer, startScripted } from './scripted.mjs'
import { realDate, setDate } from './time.mjs'
import { CREDENTIALS, DATE, HOST, SENT_OTHERWISE, VECTORS } from './vectors.mjs'

const server = await startScripted()
after(() => server.stop())
beforeEach(() => server.reset())

const signatureOf = (authorization) => /Signature=([0-9a-f]{64})$/.exec(authorization)?.[1]
const signer = (options = {}) =>
  createSigner({
    accessKeyId: CREDENTIALS.accessKey,
    secretAccessKey: CREDENTIALS.secretKey,
    region: 'us-east-1',
    service: 'execute-api',
    ...options,
  })

describe('the old package makes these signatures', () => {
  for (const { id, call, config, base = '', target, signature, wrong = signature } of VECTORS) {
    test(id, async (t) => {
      t.after(realDate)
      setDate(DATE)
      server.answer([answer(200)])
      const client = FACTORIES.old.newClient({
        invokeUrl: server.url + base,
        region: 'us-east-1',
        host: HOST,
        ...CREDENTIALS,
        ...config,
      })
      await client.invokeApi(...call)
      const [request] = server.requests()
      assert.equal(request.target, target)
      assert.equal(signatureOf(headersOf(request).authorization), wrong)
    })
  }
})

describe('our signer gives the right signature over the same bytes and headers', () => {
  for (const { id, call, config = {}, target, headers, body, signature } of VECTORS) {
    const { service = 'execute-api', systemClockOffset = 0 } = config
    const request = {
      method: call[2].toUpperCase(),
      url: `http://127.0.0.1:4321${target}`,
      headers: { host: HOST, accept: 'application/json', ...headers },
      body,
      date: DATE + systemClockOffset,
    }
    if (id === 'v05') {
      test('v05: the old package leaves the session token out of the signature', () => {
        const { headers } = signer({ sessionToken: config.sessionToken, omitSessionToken: true }).sign(
          request,
        )
        assert.equal(signatureOf(headers.authorization), signature)
        assert.equal(headers['x-amz-security-token'], config.sessionToken)
      })
      test('v05: ours signs it', () => {
        const explained = signer({ sessionToken: config.sessionToken }).explain(request)
        assert.equal(
          explained.signedHeaders,
          'accept;content-type;host;x-amz-date;x-amz-security-token;x-api-key;x-foo',
        )
        assert.notEqual(explained.signature, signature)
      })
    } else if (id === 'v14') {
      test('v14: without a region ours refuses to sign', () => {
        assert.throws(() => signer({ region: '' }), {
          name: 'TypeError',
          message: /^region must be specified/,
        })
      })
    } else {
      test(id, () => {
        const signed = signer({ service }).sign(request)
        assert.equal(signatureOf(signed.headers.authorization), signature)
        assert.equal(signer({ service }).explain(request).signature, signature)
      })
    }
  }
})

describe('our client makes the same signatures where it sends the same', () => {
  for (const { id, call, config, base = '', signature, wrong } of VECTORS) {
    if (SENT_OTHERWISE[id]) continue
    test(id, async (t) => {
      t.after(realDate)
      setDate(DATE)
      let sent
      const client = newClient({
        invokeUrl: `http://${HOST}${base}`,
        region: 'us-east-1',
        ...CREDENTIALS,
        ...config,
        fetch: async (url, init) => {
          sent = { url, ...init }
          return new Response('')
        },
      })
      await client.invokeApi(...call)
      assert.equal(signatureOf(sent.headers.authorization), signature)
      if (wrong) assert.notEqual(signatureOf(sent.headers.authorization), wrong)
    })
  }

  test('v12: a service that contradicts the host of an API is refused', () => {
    const { config } = VECTORS.find(({ id }) => id === 'v12')
    assert.throws(() => newClient({ invokeUrl: `https://${HOST}`, ...CREDENTIALS, ...config }), {
      name: 'TypeError',
      message: /service .*execute-api/,
    })
  })

  test('v14: the region is read from the host', async (t) => {
    t.after(realDate)
    setDate(DATE)
    const client = newClient({ invokeUrl: `https://${HOST}`, ...CREDENTIALS })
    const { headers } = await client.sign({ pathTemplate: '/pets' })
    assert.equal(signatureOf(headers.authorization), VECTORS[0].signature)
  })
})
