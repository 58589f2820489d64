// `gatesign/verify` takes what other signers signed, and nothing that was changed since.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createServer, request as open } from 'node:http'
import { createRequire } from 'node:module'
import { buffer } from 'node:stream/consumers'
import { describe, test } from 'node:test'
import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import { createSigner, newClient } from 'gatesign'
import { verify } from 'gatesign/verify'
import { random, randomRequest } from '../lib/random-requests.mjs'
import { officialCases } from '../signer/suite.mjs'

const aws4 = createRequire(import.meta.url)('aws4')
const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const HOST = 'abc123.execute-api.us-east-1.amazonaws.com'
const URL_ = `https://${HOST}/prod/movies`
const NOW = Date.UTC(2026, 10, 28, 12)
const credentials = (id) => (id === KEYS.accessKeyId ? KEYS : undefined)
const signer = createSigner({ ...KEYS, region: 'us-east-1', service: 'execute-api' })
const signed = (more = {}) =>
  signer.sign({
    method: 'POST',
    url: `${URL_}?a=1&b=`,
    headers: { 'content-type': 'application/json' },
    body: '{"a":1}',
    date: NOW,
    ...more,
  })
const verdict = (request, more = {}) => verify(request, { credentials, now: NOW, ...more })

test('the official suite: every case as it says it is signed', async () => {
  let count = 0
  for (const { name, method, path, query, headers, body, context, file } of officialCases()) {
    const authorization = /^Authorization:(.*)$/im.exec(file('header-signed-request.txt') ?? '')?.[1]
    if (!authorization || !context) continue
    const { timestamp, credentials: keys, normalize } = context
    const extra = file('header-signed-request.txt')
      .split('\n\n')[0]
      .split('\n')
      .slice(1)
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)])
      .filter(
        ([name]) =>
          /^x-amz-|^authorization$/i.test(name) &&
          !headers.some(([other]) => other.toLowerCase() === name.toLowerCase()),
      )
    // What the service itself would normalise; a space in the request line is one that was encoded on the way.
    if (normalize === false || name.startsWith('get-space') || context.omit_session_token) continue
    const request = {
      method,
      url: query === '' ? path : `${path}?${query}`,
      headers: [...headers, ...extra],
      body,
    }
    const result = await verify(request, {
      credentials: () => ({ secretAccessKey: keys.secret_access_key, sessionToken: keys.token }),
      now: Date.parse(timestamp),
    })
    assert.equal(
      result.ok,
      true,
      `${name}: ${result.message}\n${result.canonicalRequest}\n${file('header-canonical-request.txt')}`,
    )
    count += 1
  }
  console.log(`counted: ${count} cases of the official suite verified`)
  assert.ok(count >= 25, `${count}`)
})

test('random requests by this signer, in headers and in the query', async () => {
  const r = random(20261128)
  let count = 0
  for (let i = 0; i < 600; i += 1) {
    const {
      identity,
      region,
      service,
      method,
      protocol,
      host,
      path,
      query,
      headers,
      body,
      ms,
      presign,
      expiresIn,
    } = randomRequest(r)
    const other = createSigner({ ...identity, region, service, date: ms })
    let request
    try {
      const url = { protocol, host, path, query }
      request = presign
        ? { method, url: other.presign({ method, url, headers, expiresIn }), headers, body }
        : other.sign({ method, url, headers, body })
    } catch (error) {
      assert.equal(error.name, 'TypeError')
      continue
    } finally {
      other.destroy()
    }
    const token = Object.entries(headers).find(([name]) => /^x-amz-security-token$/i.test(name))?.[1]
    // A token among the headers is the caller's own.
    const keys = { sessionToken: token, ...identity }
    const options = { credentials: () => keys, now: ms, region, service, unsignedPayload: true }
    const result = await verify(request, options)
    // A payload hash of the caller's own need not be that of the body.
    if (result.kind === 'PayloadHashMismatch') continue
    assert.equal(result.ok, true, `${JSON.stringify(request)}\n${result.message}\n${result.canonicalRequest}`)
    const changed = { ...request, method: request.method === 'GET' ? 'PUT' : 'GET' }
    assert.equal((await verify(changed, options)).kind, 'SignatureDoesNotMatch')
    count += 1
  }
  console.log(`counted: ${count} random requests verified, and refused with another method`)
  assert.ok(count > 400, `${count}`)
})

test('requests by aws4 and by smithy', async () => {
  const r = random(42)
  for (let i = 0; i < 200; i += 1) {
    const path = `/prod/${r.pick(['a', 'b c', 'é', 'x+y', 'a%b'].map(encodeURIComponent))}?q=${encodeURIComponent(r.pick(['1', 'a b', 'ü', '+', '/']))}`
    const signQuery = r.chance(0.3)
    const body = !signQuery && r.chance(0.5) ? '{"a":1}' : ''
    const request = aws4.sign(
      {
        host: HOST,
        service: 'execute-api',
        region: 'us-east-1',
        method: body ? 'POST' : 'GET',
        path,
        body,
        signQuery,
      },
      KEYS,
    )
    const given = {
      method: request.method,
      url: request.path,
      headers: request.headers,
      body,
    }
    const result = await verify(given, { credentials, service: 'execute-api' })
    assert.equal(result.ok, true, `${JSON.stringify(given)} ${result.message}`)
    assert.equal(result.presigned, signQuery)
  }
  const smithy = new SignatureV4({
    credentials: KEYS,
    region: 'us-east-1',
    service: 'dynamodb',
    sha256: Sha256,
  })
  const request = {
    method: 'POST',
    protocol: 'https:',
    hostname: 'dynamodb.us-east-1.amazonaws.com',
    path: '/',
    query: {},
    headers: { host: 'dynamodb.us-east-1.amazonaws.com', 'x-amz-target': 'T' },
    body: '{}',
  }
  const { headers } = await smithy.sign(request)
  assert.equal((await verify({ method: 'POST', url: '/', headers, body: '{}' }, { credentials })).ok, true)
})

describe('refusals', () => {
  const without = (request, name) => ({
    ...request,
    headers: Object.fromEntries(Object.entries(request.headers).filter(([key]) => key !== name)),
  })
  const CASES = [
    ['no signature', () => ({ method: 'GET', url: URL_ }), 'MissingAuthenticationToken', /not signed/],
    [
      'Basic authorization',
      () => ({ method: 'GET', url: URL_, headers: { authorization: 'Basic YTpi' } }),
      'MissingAuthenticationToken',
      /not signed/,
    ],
    [
      'SigV4a',
      () => ({ method: 'GET', url: URL_, headers: { authorization: 'AWS4-ECDSA-P256-SHA256 Credential=a' } }),
      'IncompleteSignature',
      /AWS4-ECDSA-P256-SHA256/,
    ],
    [
      'a cut signature',
      () => ({
        ...signed(),
        headers: { ...signed().headers, authorization: signed().headers.authorization.slice(0, -3) },
      }),
      'IncompleteSignature',
      /64 hexadecimal/,
    ],
    ['no date', () => without(signed(), 'x-amz-date'), 'IncompleteSignature', /X-Amz-Date/],
    [
      'a presigned URL for ever',
      () => ({
        method: 'GET',
        url: signer.presign({ url: URL_, date: NOW, expiresIn: 60 }).replace('Expires=60', 'Expires=604801'),
      }),
      'IncompleteSignature',
      /604800/,
    ],
    ['another service', signed, 'CredentialScope', /execute-api/, { service: 's3' }],
    ['another region', signed, 'CredentialScope', /us-east-1/, { region: 'eu-west-1' }],
    [
      'a header that went away',
      () => without(signed(), 'content-type'),
      'SignatureDoesNotMatch',
      /content-type/,
    ],
    [
      'a header that came',
      () => ({ ...signed(), headers: { ...signed().headers, 'x-amz-meta': 'a' } }),
      'HeadersNotSigned',
      /x-amz-meta/,
    ],
    ['later', signed, 'SignatureExpired', /2026-11-28T12:05:00Z/, { now: NOW + 301_000 }],
    [
      'a presigned URL later',
      () => ({ method: 'GET', url: signer.presign({ url: URL_, date: NOW, expiresIn: 60 }) }),
      'SignatureExpired',
      /12:01:00Z/,
      { now: NOW + 61_000 },
    ],
    ['a clock that is ahead', signed, 'SignatureNotYetCurrent', /12:00:00Z/, { now: NOW - 301_000 }],
    [
      'an unknown key',
      signed,
      'InvalidClientTokenId',
      /no such access key/,
      { credentials: () => undefined },
    ],
    [
      'a token that is missing',
      signed,
      'InvalidClientTokenId',
      /session token/,
      { credentials: () => ({ ...KEYS, sessionToken: 't' }) },
    ],
    [
      'credentials that have ended',
      signed,
      'ExpiredToken',
      /expired/,
      { credentials: () => ({ ...KEYS, expiration: new Date(NOW - 1) }) },
    ],
    [
      'another secret',
      signed,
      'SignatureDoesNotMatch',
      /secret key/,
      { credentials: () => ({ secretAccessKey: 'other' }) },
    ],
    [
      'another body',
      () => ({ ...signed(), body: '{"a":2}' }),
      'SignatureDoesNotMatch',
      /the request is not the one that was signed/,
    ],
    [
      'another body than the hash in the header',
      () => ({
        ...signed({
          headers: { 'x-amz-content-sha256': createHash('sha256').update('{"a":1}').digest('hex') },
        }),
        body: '{"a":2}',
      }),
      'PayloadHashMismatch',
      /not the one/,
    ],
    [
      'UNSIGNED-PAYLOAD where it is not taken',
      () => signed({ headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } }),
      'PayloadHashMismatch',
      /UNSIGNED-PAYLOAD/,
    ],
  ]
  for (const [name, request, kind, message, options] of CASES) {
    test(name, async () => {
      const result = await verdict(request(), options)
      assert.equal(result.ok, false)
      assert.equal(result.kind, kind, result.message)
      assert.match(result.message, message)
      assert.doesNotMatch(JSON.stringify(result), /wJalrXUtnFEMI/)
    })
  }

  test('a presigned URL signs no payload for S3 and its family only', async () => {
    for (const [service, ok] of [
      ['s3', true],
      ['s3express', true],
      ['s3-outposts', true],
      ['s3tables', false],
      ['execute-api', false],
    ]) {
      const other = createSigner({ ...KEYS, region: 'us-east-1', service })
      const url = other.presign({ url: URL_, date: NOW, expiresIn: 60, bodyHash: 'UNSIGNED-PAYLOAD' })
      const result = await verdict({ method: 'GET', url })
      assert.equal(result.ok, ok, service)
    }
  })

  test('what was changed is named', async () => {
    const explain = { explain: true }
    for (const [change, message] of [
      [{ body: '{ "a": 1 }' }, /formatted afterwards/],
      [{ method: 'PUT' }, /signed for POST/],
      [{ url: signed().url.replace('/prod', '/other') }, /./],
    ]) {
      const result = await verdict({ ...signed(), ...change }, explain)
      assert.equal(result.kind, 'SignatureDoesNotMatch')
      assert.match(result.message, message)
    }
  })

  test('arguments that cannot be any', async () => {
    for (const [request, options, message] of [
      [signed(), {}, /^credentials must be/],
      [signed(), { credentials, tolerance: -1 }, /^tolerance must be/],
      [signed(), { credentials, now: 'x' }, /^now must be/],
      [{ ...signed(), method: '' }, { credentials }, /^method must be/],
      [{ method: 'GET', url: '/a' }, { credentials }, /^url must have a host/],
      [{ ...signed(), body: {} }, { credentials }, /^body must be/],
      [{ ...signed(), bodyHash: 'A' }, { credentials }, /^bodyHash must be/],
      [{ ...signed(), headers: null }, { credentials }, /^headers must be/],
      [{ ...signed(), headers: 'a' }, { credentials }, /^headers must be/],
      [{ ...signed(), headers: [[{}, 'a']] }, { credentials }, /^headers must have names/],
      [{ ...signed(), headers: { a: { b: 'c' } } }, { credentials }, /^headers must have names/],
      [signed(), { credentials: () => ({}), now: NOW }, /^credentials must return a secretAccessKey/],
      [
        signed(),
        { credentials: () => ({ ...KEYS, expiration: 'x' }), now: NOW },
        /^credentials must return an expiration/,
      ],
    ])
      await assert.rejects(verify(request, options), { name: 'TypeError', message })
  })
})

test('parameters with the names of secrets, and of signatures, are as any other', async () => {
  const names = [
    'cookie',
    'my-cookie',
    'x-api-key',
    'Authorization',
    'a,X-Amz-Security-Token',
    'zz',
    'azz',
    'zzazz',
  ]
  const more = ['x-amz-meta', 'X-AMZ-Foo', 'x-amz-security-token', '%58-api-key', '=', '', '%', 'é']
  for (const name of [...names, ...more]) {
    for (const part of [name, `${name}=`, `${name}=v%20w`, `${name}=a&${name}=b&${name}0=c&A=1`]) {
      const request = aws4.sign(
        {
          host: HOST,
          service: 'execute-api',
          region: 'us-east-1',
          path: `/prod/movies${new URL(`${URL_}?${part}`).search}`,
        },
        KEYS,
      )
      const given = { method: 'GET', url: request.path, headers: request.headers }
      const result = await verify(given, { credentials })
      assert.equal(result.ok, true, `${part}: ${result.message} ${result.canonicalRequest}`)
      const other = await verify(given, { credentials: () => ({ secretAccessKey: 'other' }) })
      assert.equal(other.kind, 'SignatureDoesNotMatch')
    }
  }
})

test('a server of one’s own: what newClient sends arrives signed', async () => {
  const results = []
  const server = createServer(async (request, response) => {
    const { method, url, headersDistinct: headers } = request
    results.push(
      await verify(
        { method, url, headers, body: await buffer(request) },
        { credentials, service: 'execute-api' },
      ),
    )
    response.end('{}')
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address()
  const toServer = async (url, init) => {
    const { host, pathname, search } = new URL(url)
    const sent = open({
      port,
      path: pathname + search,
      method: init.method,
      headers: { ...Object.fromEntries(new Headers(init.headers)), host },
    })
    sent.end(init.body)
    const [answer] = await new Promise((resolve) => sent.once('response', (answer) => resolve([answer])))
    return new Response(await buffer(answer))
  }
  const client = newClient({
    invokeUrl: `https://${HOST}/prod`,
    accessKey: KEYS.accessKeyId,
    secretKey: KEYS.secretAccessKey,
    fetch: toServer,
  })
  await client.invokeApi(
    { id: 'a b' },
    '/movies/{id}',
    'POST',
    { queryParams: { q: 'é' } },
    { title: 'Heat' },
  )
  await client.invokeApi({}, '/movies', 'GET')
  server.close()
  assert.deepEqual(
    results.map(({ ok, message }) => message ?? ok),
    [true, true],
  )
})
