// The forwarder of `gatesign serve`: who may use it for what, and what it prints.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { describe, test } from 'node:test'
import { ask, CLI, forwarderOf, startServe } from '../lib/served.mjs'
import { signer, startForwarding } from './forwarding.mjs'

const { gateway, other, page, site } = await startForwarding()

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
    ['http://evil.example/', /only to https:\/\/ addresses, and to http:\/\/ addresses of this machine/],
    [
      'http://169.254.169.254/latest/meta-data/',
      /only to https:\/\/ addresses, and to http:\/\/ addresses of this machine/,
    ],
    ['http://127.0.0.1:1/', /127\.0\.0\.1:1 is not on/],
    ['http://127.0.0.1/', /127\.0\.0\.1:80 is not on/],
    ['ftp://127.0.0.1/', /only to https:\/\/ addresses, and to http:\/\/ addresses of this machine/],
    ['http://2130706433:1/', /not in the form that a browser sends/],
    ['http://user:word@127.0.0.1:1/', /not in the form that/],
    ['http://127.0.0.1:1/#fragment', /not in the form that/],
    ['http://127.0.0.1:1/a/../b', /not in the form that/],
    ['http://127.0.0.1:1\\@evil.example/', /not in the form that/],
    [`${'//127.0.0.1'}:1/`, /not in the form that/],
    ['', /not in the form that/],
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
    ['headers that are not a list', { headers: 'x' }],
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
  const [, lines] = said.join('').trim().split('Press Ctrl+C to stop.\n')
  assert.deepEqual(lines.split('\n'), [
    `POST ${host}/stage/echo/a 200`,
    `GET ${host}/stage/echo 200`,
    `GET ${host}/stage/echo 403`,
  ])
  assert.doesNotMatch(said.join(''), new RegExp(`word|Signature|Credential|${token}`))
})
