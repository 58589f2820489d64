// How `gatesign call` gets to an API: proxies, roots, API keys, answers that stream, and what -v tells of it.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect, createServer as createSocketServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { importSource } from '../../xtask/sources.mjs'
import { CLI } from '../lib/served.mjs'
import { KEYS } from '../lib/terminal.mjs'
import { startCurlServer } from './curl-server.mjs'

let folder
let server
let tunnel
let socks
let asked
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatesign-connection-'))
  server = await startCurlServer(folder)
  tunnel = createServer().on('connect', (request, socket) => {
    asked.push([request.url, request.headers['proxy-authorization']])
    const [, port] = request.url.split(':')
    const to = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.pipe(to).pipe(socket)
    })
    to.on('error', () => socket.destroy())
    socket.on('error', () => to.destroy())
  })
  socks = createSocketServer(serveSocks)
  for (const each of [tunnel, socks]) await once(each.listen(0, '127.0.0.1'), 'listening')
})
after(async () => {
  await server.stop()
  tunnel.closeAllConnections()
  for (const each of [tunnel, socks]) each.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  asked = []
  server.begin()
})

/** SOCKS 5 with a user name if one is offered; it connects to this machine whatever the name. */
function serveSocks(socket) {
  socket.on('error', () => {})
  let state = 'greeting'
  socket.on('data', function read(data) {
    if (state === 'greeting') {
      state = data.includes(2, 2) ? 'user' : 'request'
      socket.write(Buffer.from([5, state === 'user' ? 2 : 0]))
    } else if (state === 'user') {
      const user = data.subarray(2, 2 + data[1]).toString()
      asked.push(user)
      state = 'request'
      socket.write(Buffer.from([1, user === 'me' ? 0 : 1]))
    } else {
      socket.off('data', read)
      const name = data[3] === 3 ? data.subarray(5, 5 + data[4]).toString() : data.subarray(4, 8).join('.')
      asked.push(name)
      const port = data.readUInt16BE(data.length - 2)
      const to = connect(port, '127.0.0.1', () => {
        socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
        socket.pipe(to).pipe(socket)
      })
      to.on('error', () => socket.end(Buffer.from([5, 5, 0, 1, 0, 0, 0, 0, 0, 0])))
    }
  })
}

const portOf = (each) => each.address().port

function start(args, env = {}) {
  return spawn(process.execPath, [CLI, 'call', ...args], {
    env: { HOME: folder, ...KEYS, ...env },
    cwd: folder,
  })
}

async function call(args, env, input = '') {
  const child = start(args, env)
  const said = { out: '', error: '' }
  child.stdout.on('data', (text) => {
    said.out += text
  })
  child.stderr.on('data', (text) => {
    said.error += text
  })
  child.stdin.end(input)
  const [code] = await once(child, 'close')
  return { code, ...said }
}

const headersOf = () =>
  Object.fromEntries(server.received()[0].headers.map(([name, value]) => [name.toLowerCase(), value]))

describe('proxies', () => {
  const plain = 'http://api.example/x'
  for (const [name, env, isThrough] of [
    ['http_proxy', { http_proxy: 'PROXY' }, true],
    ['HTTP_PROXY', { HTTP_PROXY: 'PROXY' }, true],
    ['ALL_PROXY', { ALL_PROXY: 'PROXY' }, true],
    ['all_proxy, without a scheme', { all_proxy: 'BARE' }, true],
    ['http_proxy before ALL_PROXY', { http_proxy: 'PROXY', ALL_PROXY: 'http://127.0.0.1:1' }, true],
    ['HTTPS_PROXY is not for http', { HTTPS_PROXY: 'PROXY' }, false],
    ['NO_PROXY', { HTTP_PROXY: 'PROXY', NO_PROXY: 'other.example,.example' }, false],
    ['no_proxy: *', { HTTP_PROXY: 'PROXY', no_proxy: '*' }, false],
    ['NO_PROXY of another host', { HTTP_PROXY: 'PROXY', NO_PROXY: 'ample,pi.example' }, true],
  ]) {
    test(name, async () => {
      const values = { PROXY: server.places.PROXY, BARE: server.places.PROXY.replace('http://', '') }
      const filled = Object.entries(env).map(([key, value]) => [
        key,
        value.replace(/PROXY|BARE/, (word) => values[word]),
      ])
      // Without a proxy the name leads to the server itself, not to the network.
      const direct = ['--connect-to', `api.example:80:127.0.0.1:${server.places.PORT}`]
      const { code, error } = await call([...direct, plain], Object.fromEntries(filled))
      assert.equal(code, 0, error)
      assert.equal(server.received()[0].target, isThrough ? plain : '/x')
      assert.equal(headersOf().host, 'api.example')
      assert.match(headersOf().authorization, /SignedHeaders=host;x-amz-date/)
    })
  }

  test("https goes through CONNECT, and the certificate is the API's", async () => {
    const proxy = `http://me:s%40cret@127.0.0.1:${portOf(tunnel)}`
    const { TLS, CA } = server.places
    const args = ['--cacert', CA, `${TLS}/x`]
    const { code, out, error } = await call(args, { HTTPS_PROXY: proxy })
    assert.deepEqual([code, out], [0, 'ok'], error)
    assert.deepEqual(asked, [[new URL(TLS).host, `Basic ${btoa('me:s@cret')}`]])
    assert.equal(headersOf()['proxy-authorization'], undefined)
    assert.equal(
      (await call(['--noproxy', 'localhost', ...args], { HTTPS_PROXY: 'http://127.0.0.1:1' })).code,
      0,
    )
    assert.equal((await call([`${TLS}/x`], { HTTPS_PROXY: proxy })).code, 60)
  })

  for (const scheme of ['socks5', 'socks5h']) {
    test(scheme, async () => {
      const url = `http://localhost:${server.places.PORT}/x`
      const { code, error } = await call(['-x', `${scheme}://me:pw@127.0.0.1:${portOf(socks)}`, url])
      assert.equal(code, 0, error)
      assert.equal(asked[0], 'me')
      assert.match(asked[1], scheme === 'socks5h' ? /^localhost$/ : /^127\.0\.0\.1$/)
      const refused = await call(['-x', `${scheme}://you:pw@127.0.0.1:${portOf(socks)}`, url])
      assert.deepEqual(
        [refused.code, refused.error],
        [97, 'gatesign: the proxy 127.0.0.1 refuses the user name\n'],
      )
    })
  }

  test('what is no proxy is named, without its password', async () => {
    for (const [args, env, told] of [
      [['-x', 'ftp://me:secret-word@x'], {}, /^gatesign: -x takes \[http:\/\//],
      [[], { HTTP_PROXY: 'gopher://me:secret-word@x' }, /HTTP_PROXY takes/],
    ]) {
      const { code, error } = await call([...args, plain], env)
      assert.equal(code, 2)
      assert.match(error, told)
      assert.ok(!error.includes('secret-word'))
    }
  })

  test('NO_PROXY as curl reads it', async () => {
    const { isWithout } = await importSource('src/cli/http/proxy.ts')
    for (const [list, url, expected] of [
      ['example.com', 'https://example.com/', true],
      ['example.com', 'https://api.example.com/', true],
      ['.example.com', 'https://example.com/', true],
      ['example.com', 'https://notexample.com/', false],
      ['EXAMPLE.com.', 'https://a.example.com/', true],
      ['a b,c example.com', 'https://example.com/', true],
      ['example.com:8443', 'https://example.com/', false],
      ['example.com:443', 'https://example.com/', true],
      ['10.0.0.0/8', 'http://10.1.2.3/', true],
      ['10.0.0.0/8', 'http://11.1.2.3/', false],
      ['10.0.0.1', 'http://10.0.0.1/', true],
      ['0.1', 'http://10.0.0.1/', false],
      ['::1', 'http://[::1]/', true],
      ['[::1]', 'http://[::1]/', true],
      ['', 'http://a/', false],
      [',', 'http://a/', false],
    ]) {
      assert.equal(isWithout(list, new URL(url)), expected, `${list} ${url}`)
    }
  })
})

test('root certificates from the environment', async () => {
  const { TLS, CA } = server.places
  for (const name of ['AWS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS']) {
    assert.equal((await call([`${TLS}/`], { [name]: CA })).code, 0, name)
  }
  const { code, error } = await call([`${TLS}/`], { AWS_CA_BUNDLE: '/nonexistent' })
  assert.equal(code, 77)
  assert.match(error, /^gatesign: AWS_CA_BUNDLE: ENOENT/)
})

describe('an API key that no other user of the machine sees', () => {
  const key = 'd41d8cd98f00b204e9800998ecf8427e'
  test('from the environment, a file and standard input; a header wins', async () => {
    const file = join(folder, 'key.txt')
    writeFileSync(file, `${key}\n`)
    const url = `${server.places.URL}/`
    for (const [args, env, input] of [
      [[], { GATESIGN_API_KEY: key }, ''],
      [['--api-key-file', file], { GATESIGN_API_KEY: 'other' }, ''],
      [['--api-key-file', '-'], {}, `${key}\n`],
      [['-H', '@headers.txt'], { GATESIGN_API_KEY: 'other' }, ''],
    ]) {
      writeFileSync(join(folder, 'headers.txt'), `x-api-key: ${key}\n`)
      server.begin()
      const { code, error } = await call([...args, url], env, input)
      assert.equal(code, 0, error)
      assert.equal(headersOf()['x-api-key'], key)
    }
  })

  test('is not in what -v and --explain tell', async () => {
    const token = 'FwoGZXIvYXdzEXAMPLETOKEN'
    const env = { GATESIGN_API_KEY: key, AWS_SESSION_TOKEN: token }
    const { error } = await call(
      ['-v', '--explain', '-b', 'session=cookie-secret', `${server.places.URL}/`],
      env,
    )
    assert.match(error, /^> x-api-key: \[redacted\]$/m)
    assert.match(error, /^> x-amz-security-token: \[redacted\]$/m)
    assert.match(error, /^< HTTP\/1\.1 200 OK$/m)
    for (const secret of [key, token, 'cookie-secret', KEYS.AWS_SECRET_ACCESS_KEY])
      assert.ok(!error.includes(secret))
    const basic = await call(['-v', '--no-sign', '-u', 'me:pass-secret', `${server.places.URL}/`])
    assert.match(basic.error, /^> authorization: Basic \[redacted\]$/m)
  })
})

describe('keys as curl and awscurl take them', () => {
  const url = () => `${server.places.URL}/`
  for (const [name, args] of [
    ['curl --aws-sigv4', ['--aws-sigv4', 'aws:amz:eu-west-1:s3', '-u', 'AKIDEXAMPLE:a/secret:key']],
    [
      'awscurl',
      ['--region', 'eu-west-1', '--service', 's3', '--access_key', 'AKIDEXAMPLE', '--secret_key', 'x'],
    ],
  ]) {
    test(name, async () => {
      const { code, error } = await call([...args, url()], { AWS_ACCESS_KEY_ID: '', AWS_REGION: 'us-east-1' })
      assert.equal(code, 0, error)
      assert.match(headersOf().authorization, /Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/s3\/aws4_request/)
    })
  }

  test('-u next to a signature says what to do', async () => {
    const { code, error } = await call(['-u', 'me:secret-word', url()])
    assert.equal(code, 2)
    assert.match(error, /add --no-sign, or --aws-sigv4 if these are keys/)
    assert.ok(!error.includes('secret-word'))
  })
})

test('an answer appears as it comes', async () => {
  const events = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
    events.once('more', () => response.end('data: 2\n\n'))
  })
  await once(events.listen(0, '127.0.0.1'), 'listening')
  const child = start([`http://127.0.0.1:${portOf(events)}/`])
  const [first] = await once(child.stdout, 'data')
  assert.equal(String(first), 'data: 1\n\n')
  events.emit('more')
  const [second] = await once(child.stdout, 'data')
  assert.equal(String(second), 'data: 2\n\n')
  assert.deepEqual(await once(child, 'close'), [0, null])
  events.close()
})

test('20 MB arrive whole in a file', async () => {
  const bytes = Buffer.alloc(20_000_000, 'gatesign')
  const large = createServer((_, response) => response.end(bytes))
  await once(large.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${portOf(large)}/large.bin`
  assert.equal((await call(['-O', '--create-dirs', '--output-dir', 'into/it', url])).code, 0)
  large.close()
  assert.ok(readFileSync(join(folder, 'into/it/large.bin')).equals(bytes))
})

test('each attempt is signed again, and Retry-After is waited for', async () => {
  const { URL: url } = server.places
  const { code, error } = await call(['--retry', '3', '--retry-delay', '1', `${url}/flaky`])
  assert.equal(code, 0, error)
  assert.match(
    error,
    /^gatesign: status 503: again in 1 s, 3 left\ngatesign: status 503: again in 1 s, 2 left\n$/,
  )
  const dates = server.received().map(({ headers }) => headers.find(([name]) => name === 'x-amz-date')[1])
  assert.equal(new Set(dates).size, 3)
})

test('a redirect that is not followed is told', async () => {
  const { code, error } = await call(['-f', `${server.places.URL}/redirect/302`])
  assert.equal(code, 0)
  assert.match(error, /^gatesign: 302: a redirect to http:.*\/text, which was not followed \(-L\)\n$/)
  assert.equal((await call(['-s', `${server.places.URL}/redirect/302`])).error, '')
})

test('the wrong scheme for a port reads well', async () => {
  const tls = await call([`${server.places['HTTP-AS-TLS']}/`])
  assert.deepEqual(
    [tls.code, tls.error.replace(/\d{4,}/, 'PORT')],
    [35, 'gatesign: 127.0.0.1:PORT does not answer in TLS: is it an http:// address?\n'],
  )
  const plain = await call([`${server.places['TLS-AS-HTTP']}/`])
  assert.deepEqual(
    [plain.code, plain.error.replace(/\d{4,}/, 'PORT')],
    [1, 'gatesign: 127.0.0.1:PORT answers in TLS: is it an https:// address?\n'],
  )
})

describe('options that call does not have', () => {
  for (const [args, told] of [
    [['--location-trusted'], /--location-trusted': it would send the signature to another host/],
    [['--digest', '-u', 'a:b'], /--digest': only Basic/],
    [['--cookie-jar', 'x'], /--cookie-jar': call keeps no cookies/],
    [['-K', 'x'], /Unknown option '-K'/],
    [['--expires', '5'], /'--expires' of call: it is one of presign/],
    [['--no-frob'], /Unknown option '--no-frob'/],
    [['--secret=secret-word'], /Unknown option '--secret'/],
    [['--silent=yes'], /--silent takes no value/],
    [['-b', 'cookies.txt'], /-b takes NAME=VALUE/],
    [['-H', 'Host: x'], /--connect-to/],
    [['-H', 'Content-Length: 5'], /'content-length': call sets it/],
    [['-F', 'a=1;x'], /-F a: only type= and filename= may follow a ;/],
    [['--retry', 'often'], /--retry takes 0 to/],
    [['--connect-to', 'x'], /--connect-to takes HOST:PORT/],
    [['--resolve', 'x'], /--resolve takes HOST:PORT/],
    [['--aws-sigv4', 'osc:x'], /--aws-sigv4 takes aws:amz/],
    [['--access-key', 'AKID'], /belong together/],
    [['http://127.0.0.1:1/'], /call takes one URL, not 2/],
  ]) {
    test(args.join(' '), async () => {
      const { code, out, error } = await call([...args, 'http://127.0.0.1:1/'])
      assert.deepEqual([code, out], [2, ''])
      assert.match(error, told)
      assert.match(error, /\nTry 'gatesign help'\.\n$/)
      assert.ok(!error.includes('secret-word'))
    })
  }
})
