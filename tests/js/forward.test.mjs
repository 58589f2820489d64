// The forwarder of `gatesign serve`: what the gateway gets through it, and who may use it for what.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, before, beforeEach, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { createSigner } from '../../pkg/node.mjs'
import { LONG_LIVED, REGION, startGateway } from '../lib/gateway.mjs'
import { ask, CLI, forwarderOf, startServe } from '../lib/served.mjs'

const signer = createSigner({
  accessKeyId: LONG_LIVED.accessKey,
  secretAccessKey: LONG_LIVED.secretKey,
  region: REGION,
  service: 'execute-api',
})

/** A server whose answers each test gives; nothing may reach it unasked. */
let other
let onRequest
let gateway
let site
let page
before(async () => {
  gateway = await startGateway()
  other = createServer((request, response) => onRequest(request, response)).listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address()
  other.url = `http://127.0.0.1:${port}`
  const hosts = [new URL(gateway.url).host, `127.0.0.1:${port},localhost:${port}`]
  site = await startServe(hosts.flatMap((host) => ['--forward', host]))
  page = await forwarderOf(site.url)
})
after(async () => {
  await site?.stop()
  gateway?.stop()
  other?.closeAllConnections()
  other?.close()
})
beforeEach(async () => {
  onRequest = () => assert.fail('nothing was to be sent there')
  await gateway.reset()
})

async function arrived() {
  const { verdict, ...request } = (await gateway.requests()).at(-1)
  assert.deepEqual([verdict.ok, verdict.by, verdict.message], [true, 'header', undefined])
  return { ...request, headers: Object.fromEntries(request.headers.map(([n, v]) => [n.toLowerCase(), v])) }
}

describe('a signed request arrives as it was signed', () => {
  for (const target of [
    '/stage/echo/plain',
    '/stage/echo/a%2Fb',
    '/stage/echo/a//b///c/',
    "/stage/echo/it's*(all)!",
    '/stage/echo/%C3%BC%E6%97%A5%E6%9C%AC%F0%9F%98%80',
    '/stage/echo/a%20b+c&d=e;f,g@h:i~j',
    '/stage/echo/%2E%25%3F%23',
    '/stage/echo?b=2&a=1&a=0&empty=&none',
    '/stage/echo?q=a%20b%2Bc%2F*%27()~&%C3%BC=%F0%9F%98%80',
    '/stage/echo?a=%26%3D%23&a%2Fb=/?:@',
  ]) {
    test(target, async () => {
      const request = signer.sign({ method: 'GET', url: `${gateway.url}${target}` })
      const answer = await page.send(request)
      assert.equal(answer.status, 200, answer.body)
      const got = await arrived()
      assert.equal(got.target, target)
      assert.equal(got.headers.host, new URL(gateway.url).host)
    })
  }

  for (const [name, method, body] of [
    ['text', 'POST', '{"a":"ü"}'],
    ['every byte', 'PUT', Buffer.from(Array.from({ length: 256 }, (_, i) => i))],
    ['5 MB of random bytes', 'PATCH', randomBytes(5_000_000)],
    ['line breaks first', 'POST', Buffer.from('\n\r\n{}\n')],
    ['none', 'POST', null],
    ['none', 'DELETE', null],
  ]) {
    test(`${method} with a body: ${name}`, async () => {
      const headers = { 'content-type': 'application/octet-stream', 'x-own': 'a  b' }
      const request = signer.sign({ method, url: `${gateway.url}/stage/echo`, headers, body })
      const answer = await page.send({ ...request, body })
      assert.equal(answer.status, 200, answer.body)
      const sent = Buffer.from(body ?? '')
      const echoed = Buffer.from(JSON.parse(answer.body).bodyBase64, 'base64')
      assert.ok(echoed.equals(sent), 'the same bytes')
      const got = await arrived()
      assert.equal(got.bodyLength, sent.length)
      assert.equal(got.headers['content-length'], method === 'DELETE' ? undefined : String(sent.length))
      assert.equal(got.headers['transfer-encoding'], undefined)
    })
  }

  test('HEAD, and an answer that has no body', async () => {
    onRequest = (request, response) => response.writeHead(request.method === 'HEAD' ? 200 : 204).end()
    for (const [method, status] of [
      ['HEAD', 200],
      ['GET', 204],
    ]) {
      const answer = await page.send({ method, url: `${other.url}/` })
      assert.deepEqual([answer.status, answer.body.length], [status, 0])
    }
  })

  test('nothing of the browser is added, and nothing of the connection or its cookies is kept', async () => {
    onRequest = (request, response) => response.end(JSON.stringify(request.rawHeaders))
    const headers = {
      accept: '*/*',
      authorization: 'AWS4-HMAC-SHA256 …'.replace('…', 'x'),
      Cookie: 'a=b',
      Connection: 'x-hop, keep-alive',
      'x-hop': '1',
      'Keep-Alive': '1',
      TE: 'trailers',
      'Proxy-Authorization': 'x',
      'Transfer-Encoding': 'chunked',
      Upgrade: 'h2c',
      Host: 'elsewhere.example',
      Origin: 'https://elsewhere.example',
      'Content-Length': '99',
    }
    const { body } = await page.send({ url: `${other.url}/`, headers })
    const got = JSON.parse(body)
    const pairs = got.flatMap((name, i) => (i % 2 ? [] : [[name, got[i + 1]]]))
    assert.deepEqual(pairs, [
      ['host', new URL(other.url).host],
      ['user-agent', 'gatesign-serve'],
      ['accept', '*/*'],
      ['authorization', 'AWS4-HMAC-SHA256 x'],
      ['Connection', 'close'],
    ])
  })
})

describe('the answer', () => {
  test('a redirect is handed back and not followed; cookies do not reach the browser', async () => {
    let asked = 0
    onRequest = (_, response) => {
      asked++
      response.writeHead(302, { location: `${other.url}/next`, 'set-cookie': ['a=1', 'b=2'] }).end('moved')
    }
    const { status, headers, body, outer } = await page.send({ url: `${other.url}/` })
    assert.deepEqual([status, String(body), asked], [302, 'moved', 1])
    assert.ok(headers.some(([name, value]) => name === 'location' && value === `${other.url}/next`))
    assert.equal(headers.filter(([name]) => name === 'set-cookie').length, 2)
    assert.equal(outer['set-cookie'], undefined)
    assert.equal(outer.location, undefined)
  })

  test('is decompressed, as a browser would', async () => {
    onRequest = (_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('movies'))
    assert.equal(String((await page.send({ url: `${other.url}/` })).body), 'movies')
  })

  test('a refusal of the gateway comes with its headers', async () => {
    const { status, headers, body } = await page.send({ url: `${gateway.url}/stage/movie_list` })
    assert.equal(status, 403)
    assert.match(String(body), /Missing Authentication Token/)
    assert.ok(headers.some(([name]) => name.toLowerCase() === 'x-amzn-errortype'))
  })

  test('one that breaks off is never taken for whole', async () => {
    for (const type of ['truncateBody', 'chunkedAbort', 'resetAfterHeaders']) {
      await gateway.reset()
      await gateway.fault({ action: { type } })
      await assert.rejects(page.send({ url: `${gateway.url}/stage/open/movie_list` }), /ECONNRESET|aborted/)
    }
  })
})

describe('only the page may use it', () => {
  const request = () => ({ url: `${gateway.url}/stage/open/movie_list` })

  test('the page itself may', async () => {
    assert.equal((await page.send(request())).status, 200)
  })

  for (const [name, changed] of [
    ['another origin', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }],
    ['an opaque origin', { origin: 'null' }],
    ['a request that names no origin', { origin: undefined }],
    ['a browser that says it is another site', { 'sec-fetch-site': 'cross-site' }],
    ['no token', { 'x-gatesign-token': undefined }],
    ['an empty token', { 'x-gatesign-token': '' }],
    ['another token', { 'x-gatesign-token': randomBytes(32).toString('base64url') }],
  ]) {
    test(`not: ${name}`, async () => {
      const { refused, message } = await page.send(request(), changed)
      assert.equal(refused, 403)
      assert.match(message, 'x-gatesign-token' in changed ? /reload the page/ : /only the page/)
      assert.deepEqual(await gateway.requests(), [])
    })
  }

  test('nor with a token of another start', async () => {
    const again = await startServe(['--forward', new URL(gateway.url).host])
    try {
      const { token } = await forwarderOf(again.url)
      assert.equal((await page.send(request(), { 'x-gatesign-token': token })).refused, 403)
    } finally {
      await again.stop()
    }
  })

  test('a preflight is answered without permission', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    const { status, headers: got } = await ask(site.url, { method: 'OPTIONS', path: '/forward', headers })
    assert.equal(status, 405)
    assert.deepEqual(
      Object.keys(got).filter((name) => name.startsWith('access-control')),
      [],
    )
  })
})

describe('only to what is on its list', () => {
  for (const [url, told] of [
    [
      'https://evil.example/',
      /evil\.example is not on the forwarder's list: start gatesign serve with --forward/,
    ],
    ['http://evil.example/', /to https:\/\/ addresses, and to http:\/\/ ones of this machine only/],
    ['http://169.254.169.254/latest/meta-data/', /of this machine only/],
    ['http://127.0.0.1:1/', /127\.0\.0\.1:1 is not on/],
    ['http://127.0.0.1/', /127\.0\.0\.1:80 is not on/],
    ['ftp://127.0.0.1/', /of this machine only/],
    ['http://2130706433:1/', /not written as a browser sends it/],
    ['http://user:word@127.0.0.1:1/', /not written as/],
    ['http://127.0.0.1:1/#fragment', /not written as/],
    ['http://127.0.0.1:1/a/../b', /not written as/],
    ['http://127.0.0.1:1\\@evil.example/', /not written as/],
    [`${'//127.0.0.1'}:1/`, /not written as/],
    ['', /not written as/],
  ]) {
    test(`not ${JSON.stringify(url)}`, async () => {
      const { refused, message } = await page.send({ url })
      assert.ok([400, 403].includes(refused))
      assert.match(message, told)
    })
  }

  test('a large body is read to its end before it is refused, so that the page learns why', async () => {
    const body = Buffer.alloc(8_000_000)
    const { refused, code } = await page.send({ method: 'POST', url: 'https://evil.example/', body })
    assert.deepEqual([refused, code], [403, 'NOT_ALLOWED'])
  })

  for (const [name, changed] of [
    ['a method that is none', { method: 'GE T' }],
    ['CONNECT', { method: 'CONNECT' }],
    ['headers that are no list', { headers: 'x' }],
  ]) {
    test(`not ${name}`, async () => {
      const line = { method: 'GET', url: `${other.url}/`, headers: [], ...changed }
      const headers = { origin: site.url, 'x-gatesign-token': page.token }
      for (const body of [
        `${JSON.stringify(line)}\n`,
        '',
        'no JSON\n',
        'no line',
        'null\n',
        `${'x'.repeat(70_000)}\n`,
      ]) {
        const answer = await ask(site.url, { method: 'POST', path: '/forward', headers, body })
        assert.equal(answer.status, 400, body.slice(0, 80))
      }
    })
  }

  test('a header with a line break is named, and not sent', async () => {
    const { refused, message } = await page.send({
      url: `${other.url}/`,
      headers: { 'x-a': 'secret-word\r\nx: y' },
    })
    assert.equal(refused, 400)
    assert.match(message, /x-a/)
    assert.doesNotMatch(message, /secret-word/)
  })

  test('a host that is not there says so', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const host = `127.0.0.1:${closed.address().port}`
    await once(closed.close(), 'close')
    const alone = await startServe(['--forward', host])
    try {
      const { refused, code, message } = await (await forwarderOf(alone.url)).send({ url: `http://${host}/` })
      assert.deepEqual([refused, code], [502, 'ECONNREFUSED'])
      assert.match(message, new RegExp(host))
    } finally {
      await alone.stop()
    }
  })
})

test('what it prints has no query, no header and no body', async () => {
  const { host } = new URL(gateway.url)
  const child = spawn(process.execPath, [CLI, 'serve', '--port=0', '--forward', host])
  const said = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => said.push(String(text)))
  let token
  try {
    await once(child.stdout, 'data')
    const opened = await forwarderOf(/(http:\S+)\//.exec(said.join(''))[1])
    token = opened.token
    const request = { method: 'POST', url: `${gateway.url}/stage/echo/a?key=query-word`, body: 'body-word' }
    assert.equal((await opened.send({ ...signer.sign(request), body: request.body })).status, 200)
    await opened.send({ url: signer.presign({ url: `${gateway.url}/stage/echo`, expiresIn: 60 }) })
    await opened.send({ url: `${gateway.url}/stage/echo`, headers: { 'x-api-key': 'key-word' } })
  } finally {
    child.kill()
    await once(child, 'close')
  }
  const [, lines] = said.join('').trim().split('Ctrl+C ends it.\n')
  assert.deepEqual(lines.split('\n'), [
    `POST ${host}/stage/echo/a 200`,
    `GET ${host}/stage/echo 200`,
    `GET ${host}/stage/echo 403`,
  ])
  assert.doesNotMatch(said.join(''), new RegExp(`word|Signature|Credential|${token}`))
})
