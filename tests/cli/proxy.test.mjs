// `gatesign proxy`: what other programs send through it arrives signed, and only where it may.

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { createSigner } from 'gatesign/v4a'
import { LONG_LIVED, REGION } from '../lib/gateway.mjs'
import { gatewayForTests } from '../lib/gateway-for-tests.mjs'
import { ask, CLI } from '../lib/served.mjs'
import { startServer } from '../lib/server-process.mjs'

const gateway = await gatewayForTests()
const { host } = new URL(gateway.url)
const ENV = {
  AWS_ACCESS_KEY_ID: LONG_LIVED.accessKey,
  AWS_SECRET_ACCESS_KEY: LONG_LIVED.secretKey,
  AWS_SESSION_TOKEN: '',
  AWS_REGION: REGION,
}
const start = (...args) =>
  startServer('gatesign proxy', process.execPath, [CLI, 'proxy', '--port', '0', ...args], {
    address: /Signing proxy\s+(http:\S+)\//,
    from: 'stdout',
    env: ENV,
  })

let proxy
before(async () => {
  proxy = await start('--host', host)
})
after(() => proxy?.stop())

async function arrived() {
  const { verdict, ...request } = (await gateway.requests()).at(-1)
  assert.deepEqual([verdict.ok, verdict.by, verdict.message], [true, 'header', undefined])
  return { ...request, headers: Object.fromEntries(request.headers.map(([n, v]) => [n.toLowerCase(), v])) }
}

describe('signs', () => {
  test('what curl sends to it, and what curl sends through it', async () => {
    const body = '{"a":"ü"}'
    for (const line of [
      ['-d', body, `${proxy.url}/stage/echo?b=2&a=1`],
      ['-x', proxy.url, '--noproxy', '', '-d', body, `${gateway.url}/stage/echo?b=2&a=1`],
    ]) {
      const { stdout, status } = spawnSync('curl', ['-qsS', ...line], { encoding: 'utf8' })
      assert.equal(status, 0)
      assert.equal(Buffer.from(JSON.parse(stdout).bodyBase64, 'base64').toString(), body)
      const got = await arrived()
      assert.deepEqual([got.target, got.headers.host], ['/stage/echo?b=2&a=1', host])
    }
  })

  test('what fetch sends, for every kind of path and method', async () => {
    for (const [method, path] of [
      ['GET', '/stage/echo/a%2Fb/%20c?q=%20&x'],
      ['PUT', '/stage/echo/ü'],
      ['DELETE', '/stage/echo'],
      ['PATCH', '/stage/echo'],
    ]) {
      const body = method === 'GET' || method === 'DELETE' ? undefined : 'x'.repeat(100_000)
      const answer = await fetch(`${proxy.url}${path}`, { method, body })
      assert.equal(answer.status, 200)
      assert.equal(JSON.parse(await answer.text()).method, method)
      await arrived()
    }
  })

  test('in place of an older signature', async () => {
    const headers = {
      host: new URL(proxy.url).host,
      authorization:
        'AWS4-HMAC-SHA256 Credential=old/20200101/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=00',
      'x-amz-date': '20200101T000000Z',
      'x-amz-security-token': 'old',
      'x-amz-content-sha256': 'old',
      'x-own': 'kept',
    }
    const path = '/stage/echo?a=1&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=00&X-Amz-Credential=old'
    assert.equal((await ask(proxy.url, { path, headers })).status, 200)
    const got = await arrived()
    assert.deepEqual([got.target, got.headers['x-own']], ['/stage/echo?a=1', 'kept'])
    assert.equal(got.headers['x-amz-security-token'], undefined)
  })

  test('for a set of regions, in place of an older signature for one', async () => {
    const forRegions = await start('--host', host, '--region-set', 'us-east-1,eu-west-1')
    try {
      const headers = { host: new URL(forRegions.url).host, 'x-amz-region-set': 'old', 'x-own': 'kept' }
      const path = '/stage/open/echo?a=1&X-Amz-Region-Set=old'
      assert.equal((await ask(forRegions.url, { path, headers })).status, 200)
    } finally {
      await forRegions.stop()
    }
    const { method, target, headers } = (await gateway.requests()).at(-1)
    const sent = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]))
    assert.deepEqual([target, sent['x-amz-region-set']], ['/stage/open/echo?a=1', 'us-east-1,eu-west-1'])
    const signer = createSigner({
      accessKeyId: LONG_LIVED.accessKey,
      secretAccessKey: LONG_LIVED.secretKey,
      regionSet: 'us-east-1,eu-west-1',
      service: 'execute-api',
    })
    const own = { 'x-own': 'kept' }
    const [, names] = /SignedHeaders=([^,]+)/.exec(sent.authorization)
    for (const name of names.split(';'))
      if (!['host', 'x-amz-date', 'x-amz-region-set'].includes(name)) own[name] = sent[name]
    const again = { method, url: `${gateway.url}${target}`, headers: own, date: sent['x-amz-date'] }
    // The nonce is derived (RFC 6979): the same request has the same signature.
    assert.equal(sent.authorization, signer.sign(again).headers.authorization)
  })

  test('a WebSocket', async () => {
    const { hostname, port } = new URL(proxy.url)
    const socket = connect(Number(port), hostname)
    socket.write(
      `GET /stage/ws HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
    )
    const [first] = await once(socket, 'data')
    assert.match(String(first), /^HTTP\/1\.1 101 /)
    assert.match(String(first), /s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=/)
    // A masked text frame, "hi", with a mask of zeros; it comes back without a mask.
    socket.write(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69]))
    const [echo] = await once(socket, 'data')
    assert.deepEqual([...echo], [0x81, 2, 0x68, 0x69])
    socket.destroy()
  })

  test('within -m, or not at all', async () => {
    const hasty = await start('--host', host, '-m', '0.3')
    try {
      await gateway.fault({ action: { type: 'stall' } })
      const { status, body } = await ask(hasty.url, { path: '/stage/movie_list' })
      assert.deepEqual([status, String(body)], [504, '{"message":"no answer within 300 ms"}'])
    } finally {
      await hasty.stop()
    }
  })

  test('a refusal comes back as it is', async () => {
    const wrong = await startServer(
      'gatesign proxy',
      process.execPath,
      [CLI, 'proxy', '--port', '0', '--host', host],
      {
        address: /Signing proxy\s+(http:\S+)\//,
        from: 'stdout',
        env: { ...ENV, AWS_SECRET_ACCESS_KEY: 'another' },
      },
    )
    try {
      const { status, body, headers } = await ask(wrong.url, { path: '/stage/movie_list' })
      assert.equal(status, 403)
      assert.match(String(body), /signature we calculated/)
      assert.ok(headers['x-amzn-errortype'])
    } finally {
      await wrong.stop()
    }
  })
})

describe('streams', () => {
  let other
  let got
  let through
  before(async () => {
    other = createServer((request, response) => {
      got = { headers: request.headers, chunks: [] }
      request.on('data', (chunk) => {
        got.chunks.push(chunk)
        other.emit('chunk')
      })
      if (request.url === '/events') {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
        request.on('close', () => other.emit('left'))
        response.on('close', () => other.emit('left'))
      } else request.on('end', () => response.end('done'))
    })
    await once(other.listen(0, '127.0.0.1'), 'listening')
    const at = `127.0.0.1:${other.address().port}`
    through = await start(
      '--host',
      at,
      '--sign-host',
      'private.example.com',
      '--service',
      's3',
      '--unsigned-payload',
    )
  })
  after(async () => {
    await through?.stop()
    other.closeAllConnections()
    other.close()
  })

  test('an answer as it comes, until its reader leaves', async () => {
    const stop = new AbortController()
    const answer = await fetch(`${through.url}/events`, { signal: stop.signal })
    const reader = answer.body.getReader()
    assert.equal(Buffer.from((await reader.read()).value).toString(), 'data: 1\n\n')
    const left = once(other, 'left')
    stop.abort()
    await left
  })

  test('an upload, without waiting for its end, signed for another host than the one that is called', async () => {
    const { writable, readable } = new TransformStream()
    const writer = writable.getWriter()
    const sent = fetch(`${through.url}/upload`, { method: 'PUT', body: readable, duplex: 'half' })
    const came = once(other, 'chunk')
    await writer.write(new TextEncoder().encode('first'))
    await came
    await writer.write(new TextEncoder().encode('second'))
    await writer.close()
    assert.equal(await (await sent).text(), 'done')
    assert.equal(Buffer.concat(got.chunks).toString(), 'firstsecond')
    assert.equal(got.headers.host, 'private.example.com')
    assert.equal(got.headers['x-amz-content-sha256'], 'UNSIGNED-PAYLOAD')
    assert.match(got.headers.authorization, /\/us-east-1\/s3\/aws4_request/)
  })
})

describe('lets through only what it was told', () => {
  let strict
  before(async () => {
    strict = await start(
      '--host',
      host,
      '--allow-path',
      '/stage/echo',
      '--allow-method',
      'GET,POST',
      '--allow-origin',
      'http://page.example',
    )
  })
  after(() => strict?.stop())

  for (const [name, request, told] of [
    ['another host', { path: 'http://evil.example/stage/echo' }, /this proxy sends only to 127/],
    ['another port', { path: 'http://127.0.0.1:1/stage/echo' }, /this proxy sends only to 127/],
    [
      'a name that leads here',
      { path: '/stage/echo', headers: { host: 'evil.example' } },
      /only to its own address/,
    ],
    ['another page', { path: '/stage/echo', headers: { origin: 'http://evil.example' } }, /--allow-origin/],
    ['a page without a name', { path: '/stage/echo', headers: { origin: 'null' } }, /--allow-origin/],
    [
      'an image of another page',
      { path: '/stage/echo', headers: { 'sec-fetch-site': 'cross-site' } },
      /--allow-origin/,
    ],
    ['another path', { path: '/stage/movie_list' }, /--allow-path/],
    ['a path that only begins so', { path: '/stage/echoes' }, /--allow-path/],
    ['a path that climbs', { path: '/stage/echo/../movie_list' }, /--allow-path/],
    ['a path that climbs, encoded', { path: '/stage/echo/%2e%2e/movie_list' }, /--allow-path/],
    ['a path with an encoded slash', { path: '/stage/echo/..%2fmovie_list' }, /--allow-path/],
    ['a path that is a host', { path: '//evil.example/stage/echo' }, /--allow-path|not a host/],
    ['another method', { path: '/stage/echo', method: 'DELETE' }, /--allow-method/],
  ]) {
    test(`not ${name}`, async () => {
      const { status, body } = await ask(strict.url, request)
      assert.equal(status, 403)
      assert.match(String(body), told)
      assert.deepEqual(await gateway.requests(), [])
    })
  }

  test('what is left, and the page that was named', async () => {
    assert.equal((await ask(strict.url, { path: '/stage/echo/x' })).status, 200)
    const origin = 'http://page.example'
    const preflight = await ask(strict.url, {
      method: 'OPTIONS',
      path: '/stage/echo',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    })
    assert.equal(preflight.status, 204)
    assert.equal(preflight.headers['access-control-allow-origin'], origin)
    const answer = await ask(strict.url, {
      method: 'POST',
      path: '/stage/echo',
      headers: { origin, cookie: 'a=b' },
      body: 'x',
    })
    assert.deepEqual([answer.status, answer.headers['access-control-allow-origin']], [200, origin])
    assert.equal((await arrived()).headers.cookie, undefined)
  })
})

describe('wrong usage', () => {
  for (const [args, told] of [
    [[], /proxy needs --host/],
    [['--host', 'https://a'], /--host takes HOST/],
    [['--host', 'a', '--allow-path', 'x'], /--allow-path takes a path/],
    [['--host', 'a', '--allow-origin', 'http://a/'], /--allow-origin takes an origin/],
    [['--host', 'a', '--sign-host', ''], /--sign-host takes HOST/],
    [['--host', 'a', '--port', 'x'], /--port takes/],
  ]) {
    test(args.join(' ') || 'nothing', () => {
      const { status, stderr } = spawnSync(process.execPath, [CLI, 'proxy', ...args], {
        encoding: 'utf8',
        timeout: 120_000,
      })
      assert.equal(status, 2)
      assert.match(stderr, told)
    })
  }
})
