// `gatesign serve`: the page's files, who may ask for them, and the command itself.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { ask, CLI, startServe } from '../lib/served.mjs'

const TESTER = fileURLToPath(new URL('../../pkg/tester', import.meta.url))
const files = readdirSync(TESTER, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => `${(entry.parentPath ?? entry.path).slice(TESTER.length)}/${entry.name}`)

let site
let port
before(async () => {
  site = await startServe([])
  port = new URL(site.url).port
})
after(() => site?.stop())

/** Runs the command to its end. */
async function gatesign(args, cli = CLI) {
  const child = spawn(process.execPath, [cli, ...args], { env: {} })
  const said = { out: '', error: '' }
  child.stdout.on('data', (text) => {
    said.out += text
  })
  child.stderr.on('data', (text) => {
    said.error += text
  })
  const [code] = await once(child, 'close')
  return { code, ...said }
}

describe('files', () => {
  const TYPES = {
    css: 'text/css; charset=utf-8',
    html: 'text/html; charset=utf-8',
    js: 'text/javascript; charset=utf-8',
    md: 'text/plain; charset=utf-8',
    json: 'application/json',
    svg: 'image/svg+xml',
    wasm: 'application/wasm',
  }

  test('each has its type, and a policy that forbids frames and other origins', async () => {
    assert.ok(files.length > 20)
    for (const path of ['/', ...files]) {
      const { status, headers } = await ask(site.url, { path })
      assert.equal(status, 200, path)
      assert.equal(headers['content-type'], TYPES[path === '/' ? 'html' : path.split('.').at(-1)], path)
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.equal(headers['cross-origin-resource-policy'], 'same-origin')
      assert.equal(headers['access-control-allow-origin'], undefined)
      if (path === '/config.json') continue
      assert.match(headers['content-security-policy'], /default-src 'none';.*frame-ancestors 'none'/)
      assert.match(headers['content-security-policy'], /connect-src 'self'/)
    }
  })

  for (const path of [
    '/../package.json',
    '/%2e%2e/package.json',
    '/assets/../../package.json',
    '/..%2fpackage.json',
    '/..\\package.json',
    '//etc/passwd',
    '/assets',
    '/assets/',
    '/INDEX.HTML',
    '/index.html%00',
    'http://127.0.0.1/package.json',
  ]) {
    test(`${path} is not there`, async () => {
      assert.equal((await ask(site.url, { path })).status, 404)
    })
  }

  test('a query is no part of the path, HEAD has no body, other methods are refused', async () => {
    assert.equal((await ask(site.url, { path: '/?x=/../..' })).status, 200)
    const head = await ask(site.url, { method: 'HEAD', path: '/index.html' })
    assert.deepEqual([head.status, head.body.length], [200, 0])
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      assert.equal((await ask(site.url, { method })).status, 405)
    }
  })
})

describe('only its own names lead to it', () => {
  for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
    test(host, async () => {
      assert.equal((await ask(site.url, { headers: { host: `${host}:${port}` } })).status, 200)
    })
  }

  for (const host of [
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    '127.0.0.1:PORT.evil.example',
    'localhost.evil.example:PORT',
    '127.0.0.2:PORT',
    '0.0.0.0:PORT',
    '',
  ]) {
    test(`not ${JSON.stringify(host)}`, async () => {
      for (const path of ['/', '/config.json', '/forward']) {
        const headers = { host: host.replace('PORT', port) }
        assert.equal((await ask(site.url, { path, headers })).status, 421)
      }
    })
  }

  test('another page may not read what the page is told', async () => {
    for (const from of ['cross-site', 'same-site']) {
      const { status, body } = await ask(site.url, {
        path: '/config.json',
        headers: { 'sec-fetch-site': from },
      })
      assert.deepEqual([status, body.includes('forwarder')], [403, false])
    }
  })

  test('it listens on no other address', async () => {
    const other = connect(port, '127.0.0.2')
    const [error] = await once(other, 'error')
    assert.equal(error.code, 'ECONNREFUSED')
  })
})

test('without --forward there is no forwarder and no token', async () => {
  const { body } = await ask(site.url, { path: '/config.json' })
  assert.deepEqual(JSON.parse(body).forwarder, { hosts: [] })
  const refused = await ask(site.url, { method: 'POST', path: '/forward', headers: { origin: site.url } })
  assert.equal(refused.status, 404)
  assert.match(
    JSON.parse(refused.body).error.message,
    /the forwarder is off: start gatesign serve with --forward HOST/,
  )
})

describe('the command', () => {
  test('ends with 0 when it is interrupted', async () => {
    for (const signal of ['SIGINT', 'SIGTERM']) {
      const child = spawn(process.execPath, [
        CLI,
        'serve',
        '--port=0',
        '--forward',
        'a.example,b.example:8443',
      ])
      const [said] = await once(child.stdout, 'data')
      assert.match(String(said), /^Web tester {3}http:\/\/127\.0\.0\.1:\d+\/\n/)
      child.kill(signal)
      assert.deepEqual(await once(child, 'exit'), [0, null])
    }
  })

  test('--ipv6 serves on ::1 as well', async (t) => {
    const has = await new Promise((resolve) => {
      const probe = createServer()
        .once('error', () => resolve(false))
        .listen(0, '::1', () => probe.close(() => resolve(true)))
    })
    if (!has) return t.skip('this machine has no ::1')
    const both = await startServe(['--ipv6'])
    try {
      const onSix = both.url.replace('127.0.0.1', '[::1]')
      for (const url of [both.url, onSix]) assert.equal((await ask(url)).status, 200)
      const tokenless = JSON.parse((await ask(onSix, { path: '/config.json' })).body)
      assert.deepEqual(tokenless.forwarder, { hosts: [] })
    } finally {
      await both.stop()
    }
  })

  test('a port that is taken', async () => {
    const { code, out, error } = await gatesign(['serve', '--port', port])
    assert.deepEqual([code, out], [1, ''])
    assert.match(error, new RegExp(`port ${port} is taken: choose another one with --port`))
  })

  test('a package without the tester says how to have it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatesign-serve-'))
    try {
      for (const name of [
        'cli.mjs',
        'node.cjs',
        'credentials.cjs',
        'slim-node.cjs',
        'gatesign.wasm',
        'package.json',
      ]) {
        copyFileSync(fileURLToPath(new URL(`../../pkg/${name}`, import.meta.url)), join(folder, name))
      }
      const { code, error } = await gatesign(['serve', '--port', '0'], join(folder, 'cli.mjs'))
      assert.equal(code, 1)
      assert.match(error, /does not include the web tester: cargo xtask build adds it/)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  for (const [args, told] of [
    [['x'], /serve takes no argument/],
    [['--port', '65536'], /--port takes 0 to 65535, not "65536"/],
    [['--port', 'http'], /--port takes 0 to 65535, not "http"/],
    [['--forward', 'https://a.example'], /--forward takes HOST, HOST:PORT or .* not "https:\/\/a\.example"/],
    [['--forward', 'a.example/path'], /not "a\.example\/path"/],
    [['--forward', '*.example.com'], /not "\*\.example\.com"/],
    [['--forward', '*'], /not "\*"/],
    [['--forward', '*.amazonaws.com'], /not "\*\.amazonaws\.com"/],
    [['--forward', '*.execute-api.*.amazonaws.com'], /takes HOST/],
    [['--forward', 'u:p@a.example'], /takes HOST/],
    [['--forward', 'a.example:99999'], /takes HOST/],
    [['--forward', ''], /takes HOST/],
    [['--frob'], /--frob/],
  ]) {
    test(`serve ${args.join(' ')} is wrong usage`, async () => {
      const { code, out, error } = await gatesign(['serve', ...args])
      assert.deepEqual([code, out], [2, ''])
      assert.match(error, told)
    })
  }
})
