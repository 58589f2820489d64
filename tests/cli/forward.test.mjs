// The forwarder of `gatesign serve`: what the gateway gets through it, and what comes back.

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { signer, startForwarding } from './forwarding.mjs'

const { gateway, other, page } = await startForwarding()

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
    other.answer = (request, response) => response.writeHead(request.method === 'HEAD' ? 200 : 204).end()
    for (const [method, status] of [
      ['HEAD', 200],
      ['GET', 204],
    ]) {
      const answer = await page.send({ method, url: `${other.url}/` })
      assert.deepEqual([answer.status, answer.body.length], [status, 0])
    }
  })

  test('what is written goes out, cookies too; nothing of the browser is added, nothing of the connection is kept', async () => {
    other.answer = (request, response) => response.end(JSON.stringify(request.rawHeaders))
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
      ['Cookie', 'a=b'],
      ['Origin', 'https://elsewhere.example'],
      ['Connection', 'close'],
    ])
  })
})

describe('the answer', () => {
  test('a redirect is handed back and not followed; cookies do not reach the browser', async () => {
    let asked = 0
    other.answer = (_, response) => {
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
    other.answer = (_, response) =>
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
