// The command: against the gateway, as a process with an environment of its own.

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createTls } from 'node:https'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { API_KEY, LONG_LIVED, REGION, startGateway } from '../lib/gateway.mjs'

const CLI = fileURLToPath(new URL('../../pkg/cli.mjs', import.meta.url))
const KEYS = {
  AWS_ACCESS_KEY_ID: LONG_LIVED.accessKey,
  AWS_SECRET_ACCESS_KEY: LONG_LIVED.secretKey,
  AWS_REGION: REGION,
}

let gateway
let folder
before(async () => {
  gateway = await startGateway()
  folder = mkdtempSync(join(tmpdir(), 'gatesign-cli-'))
})
after(() => {
  gateway?.stop()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => gateway.reset())

/** Runs it; nothing of this process's environment gets through. */
function gatesign(args, { env = KEYS, input = '', cwd = folder } = {}) {
  const child = spawn(process.execPath, [CLI, ...args], { env: { HOME: folder, ...env }, cwd })
  const said = { out: '', error: '' }
  child.stdout.on('data', (text) => {
    said.out += text
  })
  child.stderr.on('data', (text) => {
    said.error += text
  })
  child.stdin.end(input)
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...said })))
}

const movies = () => `${gateway.url}/stage/movie_list`

describe('call', () => {
  test('sends a signed GET and prints the body as it came', async () => {
    const { code, out, error } = await gatesign(['call', movies()])
    assert.equal(code, 0, error)
    assert.ok(JSON.parse(out).Items.length > 10)
    const [{ verdict }] = await gateway.requests()
    assert.deepEqual([verdict.ok, verdict.by], [true, 'header'])
  })

  test('sends method, headers and data as curl would', async () => {
    const url = `${gateway.url}/stage/echo/a%20b?x=1&x=`
    const { out } = await gatesign(['call', '-X', 'PUT', '-H', 'X-Trace:  a', '-d', '{"a":"ü"}', url])
    const echo = JSON.parse(out)
    assert.equal(echo.method, 'PUT')
    assert.equal(Buffer.from(echo.bodyBase64, 'base64').toString(), '{"a":"ü"}')
    const headers = Object.fromEntries(echo.headers.map(([name, value]) => [name.toLowerCase(), value]))
    assert.equal(headers['content-type'], 'application/json')
    assert.equal(headers['x-trace'], 'a')
  })

  test('reads the body from a file and from standard input, unchanged', async () => {
    const file = join(folder, 'body.bin')
    const bytes = Buffer.from([0, 13, 10, 255])
    writeFileSync(file, bytes)
    for (const [data, input] of [
      [`@${file}`, ''],
      ['@-', bytes],
    ]) {
      const { out } = await gatesign(['call', '-d', data, `${gateway.url}/stage/echo`], { input })
      assert.equal(JSON.parse(out).method, 'POST')
      assert.equal(JSON.parse(out).bodyBase64, bytes.toString('base64'))
    }
  })

  test('writes head and body where they are asked for', async () => {
    const file = join(folder, 'movies.json')
    const { out } = await gatesign(['call', '-i', '-o', file, movies()])
    assert.match(out, /^HTTP\/1\.1 200 OK\r\n(.+\r\n)+\r\n$/)
    assert.ok(JSON.parse(readFileSync(file, 'utf8')).Items)
  })

  test('an API key without a signature', async () => {
    const url = `${gateway.url}/stage/key/movie_list`
    const { code, out } = await gatesign(['call', '--no-sign', '-H', `x-api-key: ${API_KEY}`, url], {
      env: {},
    })
    assert.equal(code, 0)
    assert.ok(JSON.parse(out).Items)
  })

  test('--explain tells what is signed, on standard error', async () => {
    const { out, error } = await gatesign(['call', '--explain', movies()])
    assert.match(error, /GET\n\/stage\/movie_list\n/)
    assert.ok(JSON.parse(out).Items)
  })

  test('a refusal is diagnosed; -f makes it an error, -s is silent', async () => {
    const env = { ...KEYS, AWS_SECRET_ACCESS_KEY: 'another-secret' }
    const told = await gatesign(['call', movies()], { env })
    assert.equal(told.code, 0)
    assert.match(told.error, /403 SignatureDoesNotMatch/)
    assert.match(told.out, /signature we calculated/)
    const failed = await gatesign(['call', '-f', '-s', movies()], { env })
    assert.deepEqual(failed, { code: 22, out: '', error: '' })
    assert.ok(!told.error.includes('another-secret'))
  })

  test('network errors have the exit codes of curl', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address()
    await once(closed.close(), 'close')
    const refused = await gatesign(['call', `http://127.0.0.1:${port}/`])
    assert.equal(refused.code, 7)
    assert.match(refused.error, /ECONNREFUSED/)
    await gateway.fault({ action: { type: 'stall' } })
    const late = await gatesign(['call', '-m', '0.3', movies()])
    assert.deepEqual([late.code, late.error], [28, 'gatesign: no answer within 300 ms\n'])
    // As whole ms, of which a timer cannot wait for less than one.
    const early = await gatesign(['call', '-m', '0.0004', movies()])
    assert.deepEqual([early.code, early.error], [28, 'gatesign: no answer within 1 ms\n'])
  })

  for (const seconds of ['60.005', '4000000', '1e300']) {
    test(`-m ${seconds}: the answer comes before`, async () => {
      const { code, error } = await gatesign(['call', '-m', seconds, '-o', join(folder, 'x'), movies()])
      assert.deepEqual([code, error], [0, ''])
    })
  }

  test('whoever reads the output may stop', async () => {
    const large = createHttpServer((_, response) => response.end(Buffer.alloc(5_000_000)))
    await once(large.listen(0, '127.0.0.1'), 'listening')
    const { port } = large.address()
    const child = spawn(process.execPath, [CLI, 'call', `http://127.0.0.1:${port}/`], {
      env: { HOME: folder, ...KEYS },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.once('data', () => child.stdout.destroy())
    let told = ''
    child.stderr.on('data', (text) => {
      told += text
    })
    const [code] = await once(child, 'close')
    large.close()
    assert.deepEqual([code, told], [23, ''])
  })

  test('a certificate that does not verify, and a server without TLS', async () => {
    const [key, cert] = ['key', 'certificate'].map((name) => join(folder, name))
    const curve = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1'
    const line = `req -x509 ${curve} -nodes -keyout ${key} -out ${cert} -days 1 -subj /CN=localhost`
    const made = spawnSync('openssl', line.split(' '))
    assert.equal(made.status, 0, String(made.stderr))
    const options = { key: readFileSync(key), cert: readFileSync(cert) }
    const server = createTls(options, (_, response) => response.end()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const refused = await gatesign(['call', `https://127.0.0.1:${server.address().port}/`])
    server.close()
    assert.equal(refused.code, 60)
    // Node 26 says more.
    assert.match(refused.error, /^gatesign: self-signed certificate(; .*)?\n$/)
    assert.equal((await gatesign(['call', gateway.url.replace('http:', 'https:')])).code, 35)
  })

  test("the host's region wins over the environment's, and --region over both", async () => {
    const url = 'https://abc123.execute-api.eu-west-1.amazonaws.com/prod'
    const scopeOf = async (...args) => {
      const { out } = await gatesign(['explain', '--json', ...args])
      return JSON.parse(out).credentialScope.split('/')[1]
    }
    assert.equal(await scopeOf(url), 'eu-west-1')
    assert.equal(await scopeOf('--region', 'us-west-2', url), 'us-west-2')
    assert.equal(await scopeOf('https://abc123.execute-api.eu-west-1.api.aws/prod'), 'eu-west-1')
    assert.equal(await scopeOf('https://api.example.com/prod'), REGION)
  })

  test('a header that is given twice is sent with both values', async () => {
    const url = `${gateway.url}/stage/echo`
    const { out, error } = await gatesign(['call', '-H', 'X-A: 1', '-H', 'x-a:2', url])
    assert.equal(error, '')
    assert.equal(Object.fromEntries(JSON.parse(out).headers)['x-a'], '1, 2')
  })

  test('does not follow a redirect', async () => {
    await gateway.fault({ action: { type: 'redirect', location: 'http://127.0.0.1:1/elsewhere' } })
    const { code, out } = await gatesign(['call', '-i', movies()])
    assert.equal(code, 0)
    assert.match(out, /^HTTP\/1\.1 302 /)
  })
})

describe('credentials', () => {
  const shared = (text, config = '') => {
    writeFileSync(join(folder, 'credentials'), text)
    writeFileSync(join(folder, 'config'), config)
    return {
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      AWS_CONFIG_FILE: join(folder, 'config'),
    }
  }
  const section = (name) =>
    `[${name}]\naws_access_key_id = ${LONG_LIVED.accessKey}\naws_secret_access_key=${LONG_LIVED.secretKey}\n`

  test('of a profile in the shared files, with its region', async () => {
    const env = shared(
      `[default]\naws_access_key_id = no\n${section('work')}`,
      `[profile work]\n# region = eu-west-1\nregion = ${REGION} # where we are\n`,
    )
    const { code, out, error } = await gatesign(['call', '--profile', 'work', movies()], { env })
    assert.equal(code, 0, error)
    assert.ok(JSON.parse(out).Items)
  })

  test('of the SDK, when the folder has it', async () => {
    const env = { ...shared(section('default')), AWS_REGION: REGION }
    const cwd = fileURLToPath(new URL('..', import.meta.url))
    const { code, error } = await gatesign(['call', '-f', '-o', join(folder, 'x'), movies()], { env, cwd })
    assert.equal(code, 0, error)
  })

  test('of the SDK, without any: names the profile and says what the SDK says', async () => {
    const env = { ...shared(section('default')), AWS_REGION: REGION, AWS_EC2_METADATA_DISABLED: 'true' }
    const cwd = fileURLToPath(new URL('..', import.meta.url))
    const { code, error } = await gatesign(['call', '--profile', 'absent', movies()], { env, cwd })
    assert.equal(code, 1)
    assert.match(error, /^gatesign: no credentials of the profile "absent": \w/)
  })

  test('without any: says what to set', async () => {
    const { code, error } = await gatesign(['call', movies()], { env: { ...shared(''), AWS_REGION: REGION } })
    assert.equal(code, 1)
    assert.match(error, /no credentials: set AWS_ACCESS_KEY_ID/)
    const env = { ...shared(''), AWS_REGION: REGION, AWS_PROFILE: 'absent' }
    assert.match(
      (await gatesign(['call', movies()], { env })).error,
      /no credentials of the profile "absent": set AWS_/,
    )
    assert.deepEqual(await gateway.requests(), [])
  })
})

test('presign prints a URL that fetch can open', async () => {
  const { code, out } = await gatesign(['presign', '--expires', '60', movies()])
  assert.equal(code, 0)
  assert.equal((await fetch(out.trim())).status, 200)
  const socket = await gatesign(['presign', `${gateway.url.replace('http', 'ws')}/stage/ws`])
  assert.match(socket.out, /^ws:.*X-Amz-Expires=300/)
})

test('explain shows the steps and sends nothing', async () => {
  const { out } = await gatesign(['explain', '--json', '-d', '{}', movies()])
  const { canonicalRequest, stringToSign } = JSON.parse(out)
  assert.match(canonicalRequest, /^POST\n\/stage\/movie_list\n/)
  assert.match(stringToSign, /\/us-east-1\/execute-api\/aws4_request\n/)
  assert.match((await gatesign(['explain', movies()])).out, /^Canonical request\n\nGET\n/)
  assert.deepEqual(await gateway.requests(), [])
})

test('diagnose reads an error from standard input', async () => {
  const { code, out } = await gatesign(['diagnose'], {
    input: '{"message":"Missing Authentication Token"}',
    env: {},
  })
  assert.equal(code, 0)
  assert.match(out, /^MissingAuthenticationToken: /)
})

test('diagnose reads what curl -i printed', async () => {
  const input = 'HTTP/2 504\r\ncontent-type: text/plain\r\n\r\nno JSON'
  assert.match((await gatesign(['diagnose'], { input, env: {} })).out, /^EndpointTimeout: /)
  const typed = 'HTTP/1.1 403 Forbidden\r\nx-amzn-ErrorType: ExpiredTokenException\r\n\r\n{}'
  assert.match((await gatesign(['diagnose'], { input: typed, env: {} })).out, /^ExpiredToken: /)
  const { code, error } = await gatesign(['diagnose'], { env: {} })
  assert.deepEqual(
    [code, error],
    [2, "gatesign: diagnose reads an error, not nothing\nTry 'gatesign help'.\n"],
  )
})

test('help and version go to standard output', async () => {
  for (const args of [[], ['help'], ['--help'], ['call', '--help']]) {
    const { code, out } = await gatesign(args, { env: {} })
    assert.equal(code, 0)
    assert.match(out, /gatesign call URL/)
  }
  assert.match((await gatesign(['--version'])).out, /^\d+\.\d+\.\d+\n$/)
})

describe('wrong usage ends with 2 and names what is wrong', () => {
  for (const [args, told] of [
    [['frobnicate'], /no command "frobnicate"/],
    [['call'], /call takes one URL, not 0/],
    [['call', 'example.com'], /has to begin with https/],
    [['call', 'https://u:secret-word@example.com'], /user name in the URL/],
    [['call', '--frob', 'http://127.0.0.1'], /^gatesign: Unknown option '--frob'\nTry/],
    [['call', '-m', '-1', 'http://127.0.0.1'], /^gatesign: Option '-m' argument is ambiguous.\nTry/],
    [['presign', '-d', 'x', 'http://127.0.0.1'], /Unknown option '-d'/],
    [['presign', '--expires', '0', 'http://127.0.0.1'], /--expires takes 1 to 604800 seconds, not "0"/],
    [['presign', '--expires', '1.5', 'http://127.0.0.1'], /--expires takes 1 to 604800 seconds, not "1.5"/],
    [['call', '-H', 'no colon secret-word', 'http://127.0.0.1'], /-H takes 'Name: value'/],
    [['call', '-X', 'GET', '-d', 'x', 'http://127.0.0.1'], /GET cannot have a body/],
    [['call', '-H', 'HOST: secret-word', 'http://127.0.0.1'], /cannot send another Host: .*x-apigw-api-id/],
    [['call', '-m', 'soon', 'http://127.0.0.1'], /--max-time takes seconds, not "soon"/],
    [['call', '-d', '@/nonexistent', 'http://127.0.0.1'], /-d: ENOENT/],
    [['diagnose', 'x'], /takes no argument/],
  ]) {
    test(args.join(' '), async () => {
      const { code, out, error } = await gatesign(args)
      assert.equal(code, 2)
      assert.equal(out, '')
      assert.match(error, told)
      assert.ok(!error.includes('secret-word'))
    })
  }
})
