// Which headers newClient signs: those that arrive as they are sent, but for what the caller says.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { after, before, describe, test } from 'node:test'
import { createSigner, newClient } from 'gatesign'
import { LONG_LIVED, REGION, startGateway } from '../lib/gateway.mjs'

const BASE = {
  invokeUrl: 'https://api.example.com',
  region: 'us-east-1',
  accessKey: 'AKIDEXAMPLE',
  secretKey: 'secret',
}
const REWRITTEN =
  `traceparent tracestate baggage b3 x-b3-traceid x-b3-sampled x-datadog-trace-id uber-trace-id
  x-amzn-trace-id x-cloud-trace-context grpc-trace-bin sentry-trace newrelic x-request-id forwarded x-forwarded-for
  x-forwarded-proto x-forwarded-host x-real-ip x-client-ip true-client-ip fastly-client-ip via cdn-loop cf-ray
  cf-connecting-ip cloudfront-viewer-country x-amz-cf-id x-envoy-attempt-count cookie date origin`.split(
    /\s+/,
  )
const SIGNED = [
  'accept',
  'x-custom',
  'x-amz-meta-a',
  'x-b',
  'cf',
  'x-forwarded',
  'x-trace-id',
  'range',
  'if-match',
]

const signedNames = async (config, headers) =>
  (await newClient({ ...BASE, ...config }).explain({ additionalParams: { headers } })).signedHeaders.split(
    ';',
  )

for (const name of REWRITTEN) {
  test(`${name} is sent, not signed, unless signableHeaders names it`, async () => {
    for (const spelling of [name, name.toUpperCase()]) {
      const headers = { [spelling]: 'v' }
      assert.ok(!(await signedNames({}, headers)).includes(name))
      assert.ok(!(await signedNames({ headers }, {})).includes(name))
      assert.ok((await signedNames({ signableHeaders: [spelling] }, headers)).includes(name))
      const sent = await newClient(BASE).sign({ additionalParams: { headers } })
      assert.equal(sent.headers[name], 'v')
      const url = await newClient(BASE).presign({ additionalParams: { headers }, expiresIn: 60 })
      assert.equal(new URL(url).searchParams.get('X-Amz-SignedHeaders'), 'host')
    }
  })
}

test('all others are signed, unless unsignableHeaders names them', async () => {
  const headers = Object.fromEntries(SIGNED.map((name) => [name, 'v']))
  const names = await signedNames({}, headers)
  for (const name of SIGNED) assert.ok(names.includes(name), name)
  const left = await signedNames({ unsignableHeaders: ['X-Custom', 'accept'] }, headers)
  assert.deepEqual(
    left,
    names.filter((name) => name !== 'x-custom' && name !== 'accept'),
  )
  const both = await signedNames({ unsignableHeaders: ['x-custom'], signableHeaders: ['x-custom'] }, headers)
  assert.ok(both.includes('x-custom'))
})

test('the options are checked when the client is made', () => {
  for (const option of ['unsignableHeaders', 'signableHeaders']) {
    for (const value of ['x-a', { a: 1 }, 7, new Set(['x-a'])]) {
      assert.throws(() => newClient({ ...BASE, [option]: value }), {
        name: 'TypeError',
        message: new RegExp(`^${option} must be an array of header names; got `),
      })
    }
    for (const [item, got] of [
      [Symbol('x'), 'symbol'],
      [7, '7'],
      [null, 'null'],
      [['x-a'], 'an array'],
      ['', '""'],
      ['x a', '"x a"'],
      ['x-a:', '"x-a:"'],
      ['x-ä', '"x-ä"'],
    ]) {
      const message = `${option}[1] must be a header's name; got ${got}`
      const options = { [option]: ['x-a', item] }
      assert.throws(() => newClient({ ...BASE, ...options }), { name: 'TypeError', message })
      const signer = { accessKeyId: 'A', secretAccessKey: 's', region: 'us-east-1', service: 's3' }
      assert.throws(() => createSigner({ ...signer, ...options }), { name: 'TypeError', message })
    }
  }
  for (const signPayload of ['false', 0, {}]) {
    assert.throws(() => newClient({ ...BASE, signPayload }), {
      name: 'TypeError',
      message: /^signPayload must be a boolean; got /,
    })
  }
})

test("a call's signPayload is checked as the config's", async () => {
  for (const signPayload of ['false', 0, {}]) {
    await assert.rejects(newClient(BASE).sign({ additionalParams: { signPayload } }), {
      name: 'TypeError',
      message: /^signPayload must be a boolean; got /,
    })
  }
})

describe('signPayload of the config', () => {
  const call = { method: 'POST', body: { a: 1 } }
  const hashOf = async (config, additionalParams) =>
    (await newClient({ ...BASE, service: 's3', ...config }).explain({ ...call, additionalParams }))
      .payloadHash

  test('is the default of calls', async () => {
    assert.equal(await hashOf({ signPayload: false }), 'UNSIGNED-PAYLOAD')
    assert.match(await hashOf({ signPayload: false }, { signPayload: true }), /^[0-9a-f]{64}$/)
    assert.equal(await hashOf({ signPayload: true }, { signPayload: false }), 'UNSIGNED-PAYLOAD')
    assert.match(await hashOf({ signPayload: null }), /^[0-9a-f]{64}$/)
  })

  test('counts for fetch', async () => {
    let sent
    const fetch = async (_, init) => {
      sent = init.headers
      return new Response('{}')
    }
    await newClient({ ...BASE, fetch, signPayload: false }).fetch('/', { method: 'POST', body: 'x' })
    assert.equal(sent['x-amz-content-sha256'], 'UNSIGNED-PAYLOAD')
  })
})

describe('through a proxy that rewrites them', () => {
  let gateway
  const proxy = createServer(async (request, response) => {
    const headers = {
      ...request.headers,
      traceparent: '00-changed',
      'x-forwarded-for': 'changed',
      via: '1.1 proxy',
      'x-request-id': 'new',
    }
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const answer = await fetch(gateway.url + request.url, {
      ...{
        method: request.method,
        headers: Object.fromEntries(
          Object.entries(headers).filter(([name]) => !/^(host|connection|content-length)$/.test(name)),
        ),
      },
      body: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
    })
    response.writeHead(answer.status, { 'content-type': 'application/json' })
    response.end(await answer.text())
  })
  before(async () => {
    gateway = await startGateway()
    await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  })
  after(async () => {
    proxy.close()
    await gateway.stop()
  })

  test('the gateway finds the same signature', async () => {
    const host = new URL(gateway.url).host
    // The gateway sees its own name: the signature is for that, as behind a proxy that keeps the host.
    const calling = newClient({
      ...{ invokeUrl: `${gateway.url}/stage`, region: REGION, ...LONG_LIVED },
      fetch: (url, init) => fetch(url.replace(host, `127.0.0.1:${proxy.address().port}`), init),
    })
    const headers = {
      traceparent: '00-mine',
      'x-forwarded-for': '10.0.0.1',
      'x-request-id': 'mine',
      baggage: 'a=b',
    }
    const { status } = await calling.invokeApi({}, '/echo', 'POST', { headers }, { a: 1 })
    assert.equal(status, 200)
  })
})

test('the d.ts names the headers that are not signed', () => {
  const types = readFileSync(new URL('../../pkg-template/index.d.ts', import.meta.url), 'utf8')
  const [, comment] =
    /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n {2}unsignableHeaders\?: readonly string\[\] \| null/.exec(types)
  const named = Array.from(comment.matchAll(/`([\w*-]+)`/g), ([, name]) => name)
  for (const name of REWRITTEN) {
    assert.ok(
      named.some((known) => known === name || (known.endsWith('*') && name.startsWith(known.slice(0, -1)))),
      name,
    )
  }
})
