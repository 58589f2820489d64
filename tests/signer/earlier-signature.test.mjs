// What a request already says of its signature: a payload hash of its own, an earlier signature in the query or the
// headers. The payload line, what is sent and the signature agree, next to other signers.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import aws4 from 'aws4'
import { createSigner, newClient } from 'gatesign'

const IDENTITY = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const DATE = '20150830T123600Z'
const HOST = 'api.example.com'
const NAME = 'x-amz-content-sha256'
const digest = (text) => createHash('sha256').update(text).digest('hex')
const SERVICES = ['execute-api', 's3', 's3express', 'vpc-lattice-svcs', 'aoss', 'lambda']
const signer = (service, options) =>
  createSigner({ ...IDENTITY, region: 'us-east-1', service, date: DATE, ...options })
const client = (service, config) =>
  newClient({
    invokeUrl: `https://${HOST}`,
    region: 'us-east-1',
    service,
    accessKey: IDENTITY.accessKeyId,
    secretKey: IDENTITY.secretAccessKey,
    ...config,
  })
const signatureIn = (text) => /Signature=([0-9a-f]{64})/.exec(text)[1]

/** The payload line, and the header as it is sent. */
function sent(by, request) {
  const { headers } = by.sign(request)
  const named = Object.keys(headers).filter((name) => name.toLowerCase() === NAME)
  assert.ok(named.length <= 1, `sent twice: ${named}`)
  const { payloadHash, canonicalRequest } = by.explain(request)
  assert.ok(canonicalRequest.endsWith(`\n${payloadHash}`))
  assert.match(headers.authorization, /SignedHeaders=[^,]*x-amz-content-sha256/)
  assert.equal(headers[named[0]].trim(), payloadHash)
  return payloadHash
}

/** Signed by @smithy/signature-v4 and aws4 with the same header. */
async function others(service, name, value, body) {
  const headers = { host: HOST, [name]: value, 'x-amz-date': DATE }
  const s3 = service.startsWith('s3')
  const smithy = new SignatureV4({
    ...{ credentials: IDENTITY, region: 'us-east-1', service, sha256: Sha256 },
    ...{ uriEscapePath: !s3, applyChecksum: false },
  })
  const request = {
    method: 'PUT',
    protocol: 'https:',
    hostname: HOST,
    path: '/key',
    query: {},
    headers,
    body,
  }
  const { authorization } = (await smithy.sign(request, { signingDate: new Date('2015-08-30T12:36:00Z') }))
    .headers
  const theirs = aws4.sign(
    { service, region: 'us-east-1', method: 'PUT', host: HOST, path: '/key', headers },
    IDENTITY,
  )
  return [signatureIn(authorization), signatureIn(theirs.headers.Authorization)]
}

describe("a caller's x-amz-content-sha256", () => {
  const VALUES = [
    'UNSIGNED-PAYLOAD',
    digest('another body'),
    'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
    'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
  ]
  for (const service of SERVICES) {
    for (const name of [NAME, 'X-Amz-Content-Sha256']) {
      for (const value of VALUES) {
        test(`${service}: ${name}: ${value}`, async () => {
          const request = {
            method: 'PUT',
            url: `https://${HOST}/key`,
            headers: { [name]: value },
            body: 'body',
          }
          assert.equal(sent(signer(service), request), value)
          const { authorization } = signer(service).sign(request).headers
          const theirs = await others(service, name, value, 'body')
          assert.deepEqual(theirs, [signatureIn(authorization), signatureIn(authorization)])
        })
      }
    }
  }

  test('the platform hashes long bodies, which changes nothing', () => {
    const headers = { [NAME]: 'UNSIGNED-PAYLOAD' }
    for (const size of [10, 5_000, 200_000]) {
      const request = { method: 'PUT', url: `https://${HOST}/`, headers, body: 'x'.repeat(size) }
      assert.equal(sent(signer('execute-api'), request), 'UNSIGNED-PAYLOAD')
    }
  })

  test('spaces around it are not signed', () => {
    const request = { method: 'PUT', url: `https://${HOST}/`, headers: { [NAME]: ' UNSIGNED-PAYLOAD ' } }
    assert.equal(sent(signer('execute-api'), request), 'UNSIGNED-PAYLOAD')
  })

  for (const service of SERVICES) {
    test(`newClient, ${service}: in a call, in the config, and in fetch`, async () => {
      for (const value of VALUES) {
        const headers = { 'X-Amz-Content-Sha256': value }
        const request = { method: 'PUT', body: 'body', additionalParams: { headers } }
        const ofCall = client(service)
        const ofConfig = client(service, { headers })
        for (const [by, given] of [
          [ofCall, request],
          [ofConfig, { ...request, additionalParams: {} }],
        ]) {
          assert.equal((await by.sign(given)).headers[NAME], value)
          const { payloadHash, canonicalRequest } = await by.explain(given)
          assert.equal(payloadHash, value)
          assert.match(canonicalRequest, new RegExp(`\\n${NAME}:${value}\\n`))
        }
        let fetched
        const fetch = async (_, init) => {
          fetched = init.headers
          return new Response('{}')
        }
        await client(service, { fetch }).fetch('/', { method: 'PUT', body: 'body', headers })
        assert.equal(fetched[NAME], value)
      }
      const overridden = client(service, { headers: { [NAME]: VALUES[1] } })
      const { payloadHash } = await overridden.explain({
        ...{ method: 'PUT', body: 'body', additionalParams: { headers: { [NAME]: VALUES[2] } } },
      })
      assert.equal(payloadHash, VALUES[2])
    })
  }

  test('a stream whose hash is named is not read', async () => {
    const body = new ReadableStream({
      pull() {
        throw new Error('read')
      },
    })
    for (const value of ['UNSIGNED-PAYLOAD', digest('x')]) {
      const additionalParams = { headers: { [NAME]: value } }
      const { headers } = await client('s3').sign({ method: 'PUT', body, additionalParams })
      assert.equal(headers[NAME], value)
    }
  })

  describe('presign', () => {
    for (const service of ['s3', 'execute-api']) {
      for (const value of VALUES.slice(0, 2)) {
        test(`${service}, as a header and in the query: ${value}`, async () => {
          const smithy = new SignatureV4({
            ...{ credentials: IDENTITY, region: 'us-east-1', service, sha256: Sha256 },
            uriEscapePath: service !== 's3',
          })
          const at = { signingDate: new Date('2015-08-30T12:36:00Z'), expiresIn: 60 }
          const request = { method: 'PUT', protocol: 'https:', hostname: HOST, path: '/key' }
          const asHeader = await smithy.presign(
            { ...request, query: {}, headers: { host: HOST, [NAME]: value } },
            { ...at, unhoistableHeaders: new Set([NAME]) },
          )
          const inQuery = await smithy.presign(
            // This signer takes the payload hash of a header only, and moves it.
            { ...request, query: {}, headers: { host: HOST, 'X-Amz-Content-Sha256': value } },
            at,
          )
          const url = `https://${HOST}/key`
          const ours = (given) =>
            signatureIn(signer(service).presign({ method: 'PUT', expiresIn: 60, ...given }))
          assert.equal(ours({ url, headers: { [NAME]: value } }), asHeader.query['X-Amz-Signature'])
          const query = `X-Amz-Content-Sha256=${value}`
          assert.equal(ours({ url: `${url}?${query}` }), inQuery.query['X-Amz-Signature'])
          assert.equal(ours({ url: { host: HOST, path: '/key', query } }), inQuery.query['X-Amz-Signature'])
        })
      }
    }
  })

  test('in the query, percent-encoded', async () => {
    const query = 'X%2DAmz-Content-Sha256=UNSIGNED%2DPAYLOAD'
    for (const service of SERVICES) {
      for (const url of [`https://${HOST}/k?${query}`, { host: HOST, path: '/k', query }]) {
        for (const expiresIn of [undefined, 60]) {
          const { payloadHash } = signer(service).explain({ method: 'PUT', url, expiresIn, body: 'x' })
          assert.equal(payloadHash, 'UNSIGNED-PAYLOAD')
        }
      }
      const call = { method: 'PUT', pathTemplate: `/k?${query}`, body: 'x' }
      assert.equal((await client(service).explain(call)).payloadHash, 'UNSIGNED-PAYLOAD')
    }
  })

  describe('a contradiction is refused, and both are named', () => {
    const url = `https://${HOST}/`
    const header = (value) => ({ headers: { [NAME]: value } })
    const named = 'headers["x-amz-content-sha256"] must not contradict'
    const OF_SIGNER = [
      [
        {},
        { ...header('UNSIGNED-PAYLOAD'), bodyHash: digest('') },
        `${named} bodyHash; got "UNSIGNED-PAYLOAD" and "${digest('')}"`,
      ],
      [{ signPayload: false }, header(digest('x')), `${named} signPayload; got "${digest('x')}" and false`],
      [
        { signPayload: true },
        header('UNSIGNED-PAYLOAD'),
        `${named} signPayload; got "UNSIGNED-PAYLOAD" and true`,
      ],
      [
        {},
        { ...header('UNSIGNED-PAYLOAD'), url: `${url}?X-Amz-Content-SHA256=${digest('')}` },
        `${named} url's X-Amz-Content-SHA256; got "UNSIGNED-PAYLOAD" and "${digest('')}"`,
      ],
      [
        {},
        {
          headers: [
            [NAME, digest('a')],
            ['X-Amz-Content-Sha256', digest('b')],
          ],
        },
        `headers must have ${NAME} once`,
      ],
      [
        {},
        header('required'),
        'headers["x-amz-content-sha256"] must be a SHA-256 in hexadecimal digits, UNSIGNED-PAYLOAD or a STREAMING constant; got "required"',
      ],
      [
        {},
        header(''),
        'headers["x-amz-content-sha256"] must be a SHA-256 in hexadecimal digits, UNSIGNED-PAYLOAD or a STREAMING constant; got ""',
      ],
    ]
    for (const [options, request, message] of OF_SIGNER) {
      test(`createSigner: ${message}`, () => {
        for (const service of ['s3', 'execute-api']) {
          const by = signer(service, options)
          for (const use of ['sign', 'explain', 'presign']) {
            assert.throws(() => by[use]({ url, expiresIn: 60, ...request }), { name: 'TypeError', message })
          }
        }
      })
    }
    test('newClient: signPayload of a call and of the config', async () => {
      for (const [config, additionalParams] of [
        [{}, { ...header(digest('x')), signPayload: false }],
        [{ signPayload: false }, header(digest('x'))],
        [header(digest('x')), { signPayload: false }],
        [{ signPayload: true }, header('UNSIGNED-PAYLOAD')],
        [{ signPayload: false }, { ...header('UNSIGNED-PAYLOAD'), signPayload: true }],
      ]) {
        const call = { method: 'PUT', body: 'b', additionalParams }
        await assert.rejects(client('s3', config).sign(call), {
          name: 'TypeError',
          message:
            /^headers\["x-amz-content-sha256"\] must not contradict signPayload; got "[\w-]+" and (true|false)$/,
        })
      }
    })
    test('newClient: the query, whatever wrote it, in every use', async () => {
      const [ours, theirs] = ['UNSIGNED-PAYLOAD', digest('x')]
      const QUERIES = [
        { pathTemplate: `/k?X-Amz-Content-Sha256=${theirs}` },
        { pathTemplate: '/k{?q*}', pathParams: { q: { 'X-Amz-Content-Sha256': theirs } } },
        { pathTemplate: '/k', additionalParams: { queryParams: { 'X-Amz-Content-Sha256': theirs } } },
      ]
      const both = `${named} url's X-Amz-Content-Sha256; got "${ours}" and "${theirs}"`
      const sent = []
      const fetch = async (url) => {
        sent.push(String(url))
        return new Response('{}')
      }
      for (const service of ['s3', 'execute-api']) {
        const by = client(service, { fetch })
        const refused = (promise, message = both) => assert.rejects(promise, { name: 'TypeError', message })
        for (const query of QUERIES) {
          const additionalParams = { ...query.additionalParams, ...header(ours) }
          const call = { method: 'PUT', ...query, additionalParams }
          await refused(by.sign({ ...call, body: 'b' }))
          await refused(by.explain({ ...call, body: 'b' }))
          await refused(by.presign({ ...call, expiresIn: 60 }))
          await refused(by.invokeApi(query.pathParams, query.pathTemplate, 'PUT', additionalParams, 'b'))
          const unsigned = client(service, { fetch, signPayload: false })
          await assert.rejects(unsigned.sign({ method: 'PUT', ...query, body: 'b' }), /must not contradict/)
          assert.equal((await by.explain({ method: 'PUT', ...query, body: 'b' })).payloadHash, theirs)
        }
        const url = `https://${HOST}/k?X-Amz-Content-Sha256=${theirs}`
        await refused(by.fetch(url, { method: 'PUT', body: 'b', ...header(ours) }))
        await refused(
          by.sign({ pathTemplate: '/k?x-amz-content-sha256=required' }),
          'url\'s x-amz-content-sha256 must be a SHA-256 in hexadecimal digits, UNSIGNED-PAYLOAD or a STREAMING constant; got "required"',
        )
      }
      assert.deepEqual(sent, [])
    })
    test('what says the same is none', () => {
      const hash = digest('x')
      const request = { method: 'PUT', url: `${url}?x-amz-content-sha256=${hash}`, headers: { [NAME]: hash } }
      assert.equal(
        signer('s3', { signPayload: true }).explain({ ...request, bodyHash: hash }).payloadHash,
        hash,
      )
      const unsigned = { method: 'PUT', url, ...header('UNSIGNED-PAYLOAD'), body: 'x' }
      assert.equal(signer('s3', { signPayload: false }).explain(unsigned).payloadHash, 'UNSIGNED-PAYLOAD')
    })
  })
})

describe('rules of services, with no option', () => {
  const request = { method: 'POST', url: `https://${HOST}/x`, body: 'body' }
  const long = { ...request, body: 'x'.repeat(50_000) }

  test('vpc-lattice-svcs: UNSIGNED-PAYLOAD, in the header too', async () => {
    for (const given of [request, long]) {
      assert.equal(sent(signer('vpc-lattice-svcs'), given), 'UNSIGNED-PAYLOAD')
      const call = { method: 'POST', body: given.body, pathTemplate: '/x' }
      const { headers } = await client('vpc-lattice-svcs').sign(call)
      assert.equal(headers[NAME], 'UNSIGNED-PAYLOAD')
      assert.match(headers.authorization, /x-amz-content-sha256/)
      assert.equal((await client('vpc-lattice-svcs').explain(call)).payloadHash, 'UNSIGNED-PAYLOAD')
    }
    assert.equal(sent(signer('vpc-lattice-svcs', { signPayload: true }), request), digest('body'))
  })

  test('aoss: the payload hash as a header, Content-Length not signed', async () => {
    for (const given of [request, long]) {
      assert.equal(sent(signer('aoss'), given), digest(given.body))
      const { headers, body } = await client('aoss').sign({ method: 'POST', body: given.body })
      assert.equal(headers[NAME], digest(body))
    }
    const { signedHeaders } = signer('aoss').explain({ ...request, headers: { 'Content-Length': '4' } })
    assert.equal(signedHeaders, 'host;x-amz-content-sha256;x-amz-date')
  })

  test('iotdevicegateway: the token is added after signing', () => {
    const sessionToken = 'the/token=='
    const given = { url: `wss://${HOST}/mqtt`, expiresIn: 60 }
    const plain = signer('iotdevicegateway').presign(given)
    const url = signer('iotdevicegateway', { sessionToken }).presign(given)
    assert.equal(url, `${plain}&X-Amz-Security-Token=the%2Ftoken%3D%3D`)
    const { headers } = signer('iotdevicegateway', { sessionToken }).sign(request)
    assert.equal(headers['x-amz-security-token'], sessionToken)
    assert.match(headers.authorization, /SignedHeaders=host;x-amz-date,/)
  })
})

describe('an earlier signature', () => {
  const names = (url) => [...new URL(url).searchParams.keys()]
  const url = `https://${HOST}/x?a=1&b&a=2`
  const CASES = [
    (text) => text,
    (text) => text.toLowerCase(),
    (text) => text.replaceAll('X-Amz-', 'X%2DAmz%2D'),
  ]
  /** A presigned URL, its parameter names in another spelling. */
  const presigned = (spelling, options) => {
    const by = signer('s3', { sessionToken: 'old-token', date: '20150101T000000Z', ...options })
    const text = by.presign({ url, expiresIn: 10 })
    return text.replace(/X-Amz-[\w-]+(?==)/g, spelling)
  }

  for (const service of ['execute-api', 's3']) {
    for (const [at, spelling] of CASES.entries()) {
      test(`${service}: is replaced by presign, and removed by sign (spelling ${at})`, async () => {
        for (const sessionToken of [undefined, 'new-token']) {
          const by = signer(service, { sessionToken })
          const old = presigned(spelling)
          assert.equal(by.presign({ url: old, expiresIn: 60 }), by.presign({ url, expiresIn: 60 }))
          const { protocol, host, pathname: path, search } = new URL(old)
          const parts = { protocol, host, path, query: search.slice(1) }
          assert.equal(by.presign({ url: parts, expiresIn: 60 }), by.presign({ url, expiresIn: 60 }))
          const plain = by.sign({ url })
          for (const given of [old, new URL(old), parts]) {
            const signed = by.sign({ url: given })
            assert.deepEqual(names(signed.url).sort(), ['a', 'a', 'b'])
            assert.equal(by.explain({ url: given }).canonicalRequest, by.explain({ url }).canonicalRequest)
            assert.equal(signed.headers.authorization, plain.headers.authorization)
          }

          const queryParams = [...new URL(old).searchParams].map(([name, value]) => [name, value])
          const ours = client(service, { sessionToken })
          const call = { pathTemplate: '/x', additionalParams: { queryParams } }
          assert.deepEqual(names((await ours.sign(call)).url).sort(), ['a', 'a', 'b'])
          const again = names(await ours.presign({ ...call, expiresIn: 60 }))
          assert.equal(new Set(again.map((name) => name.toLowerCase())).size, again.length - 1, `${again}`)
        }
      })
    }
  }

  test('the token of a caller without another signature stays, unless the signer has its own', () => {
    const given = { url: `https://${HOST}/?X-Amz-Security-Token=mine`, expiresIn: 60 }
    assert.match(signer('s3').presign(given), /[?&]X-Amz-Security-Token=mine&/)
    const url = signer('s3', { sessionToken: 'own' }).presign(given)
    assert.deepEqual(new URL(url).searchParams.getAll('X-Amz-Security-Token'), ['own'])
  })

  test('is sent as it is by a client without credentials', async () => {
    let called
    const fetch = async (url) => {
      called = url
      return new Response('{}')
    }
    const old = presigned((name) => name)
    await newClient({ invokeUrl: `https://${HOST}`, fetch }).fetch(old)
    assert.equal(called, old)
  })

  test('in the headers: its date and token are not headers of a presigned URL', () => {
    const by = signer('s3', { sessionToken: 'own' })
    const headers = { Authorization: 'AWS4…'.slice(0, 4), 'X-Amz-Date': DATE, 'X-Amz-Security-Token': 'old' }
    assert.equal(by.presign({ url, headers, expiresIn: 60 }), by.presign({ url, expiresIn: 60 }))
  })

  test('repeated and valueless names are kept', () => {
    const by = signer('execute-api')
    assert.equal(by.sign({ url: `${url}&X-Amz-Expires=9&&c=` }).url, `${url}&&c=`)
  })
})
