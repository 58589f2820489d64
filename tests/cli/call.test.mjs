// `npx gatesign call`: what it sends and prints, and its exit codes.

import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createTls } from 'node:https'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { API_KEY, REGION } from '../lib/gateway.mjs'
import { CLI } from '../lib/served.mjs'
import { KEYS, startTerminal } from '../lib/terminal.mjs'

const { folder, gatesign, gateway, movies } = await startTerminal()

describe('call', () => {
  test('sends a signed GET and prints the body as it came', async () => {
    const { code, out, error } = await gatesign(['call', movies])
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
    const { out } = await gatesign(['call', '-i', '-o', file, movies])
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
    const { out, error } = await gatesign(['call', '--explain', movies])
    assert.match(error, /GET\n\/stage\/movie_list\n/)
    assert.ok(JSON.parse(out).Items)
  })

  test('a refusal is diagnosed; -f makes it an error, -s is silent', async () => {
    const env = { ...KEYS, AWS_SECRET_ACCESS_KEY: 'another-secret' }
    const told = await gatesign(['call', movies], { env })
    assert.equal(told.code, 0)
    assert.match(told.error, /403 SignatureDoesNotMatch/)
    assert.match(told.out, /signature we calculated/)
    const failed = await gatesign(['call', '-f', '-s', movies], { env })
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
    const late = await gatesign(['call', '-m', '0.3', movies])
    assert.deepEqual([late.code, late.error], [28, 'gatesign: no answer within 300 ms\n'])
    // As whole ms, of which a timer cannot wait for less than one.
    const early = await gatesign(['call', '-m', '0.0004', movies])
    assert.deepEqual([early.code, early.error], [28, 'gatesign: no answer within 1 ms\n'])
  })

  for (const seconds of ['60.005', '4000000', '1e300']) {
    test(`-m ${seconds}: the answer comes before`, async () => {
      const { code, error } = await gatesign(['call', '-m', seconds, '-o', join(folder, 'x'), movies])
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
    assert.match(
      refused.error,
      /^gatesign: self-signed certificate(; .*)?\nCertificate: The server's certificate could not be verified/,
    )
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

  test('--region-set signs with Version 4A', async () => {
    const url = 'https://abc123.execute-api.eu-west-1.amazonaws.com/prod'
    const { out, error } = await gatesign(['explain', '--json', '--region-set', 'us-east-1,eu-west-1', url])
    assert.equal(error, '')
    const { credentialScope, canonicalRequest, stringToSign } = JSON.parse(out)
    assert.match(credentialScope, /^\d{8}\/execute-api\/aws4_request$/)
    assert.match(canonicalRequest, /^x-amz-region-set:us-east-1,eu-west-1$/m)
    assert.match(stringToSign, /^AWS4-ECDSA-P256-SHA256\n/)
    const sent = await gatesign(['call', '--region-set', '*', `${gateway.url}/stage/open/echo`])
    const arrived = Object.fromEntries(JSON.parse(sent.out).headers)
    assert.equal(arrived['x-amz-region-set'], '*')
    const presigned = await gatesign(['presign', '--region-set', '*', url])
    assert.equal(new URL(presigned.out.trim()).searchParams.get('X-Amz-Region-Set'), '*')
    const both = await gatesign(['call', '--region-set', '*', '--region', 'eu-west-1', url])
    assert.deepEqual([both.code, /--region-set and --region exclude each other/.test(both.error)], [2, true])
    const wrong = await gatesign(['call', '--region-set', 'us-east-1 eu-west-1', url])
    assert.match(wrong.error, /regionSet must be regions' codes/)
  })

  test('a header that is given twice is sent with both values', async () => {
    const url = `${gateway.url}/stage/echo`
    const { out, error } = await gatesign(['call', '-H', 'X-A: 1', '-H', 'x-a:2', url])
    assert.equal(error, '')
    assert.equal(Object.fromEntries(JSON.parse(out).headers)['x-a'], '1, 2')
  })

  test("signs the payload hash that the caller's header names", async () => {
    const url = `${gateway.url}/stage/unsigned-payload/echo`
    const line = ['-d', '{"a":1}', '-H', 'X-Amz-Content-Sha256: UNSIGNED-PAYLOAD', url]
    const { out, error } = await gatesign(['call', ...line])
    assert.equal(error, '')
    const headers = Object.fromEntries(
      JSON.parse(out).headers.map(([name, value]) => [name.toLowerCase(), value]),
    )
    assert.equal(headers['x-amz-content-sha256'], 'UNSIGNED-PAYLOAD')
    const [{ verdict }] = await gateway.requests()
    assert.deepEqual([verdict.ok, verdict.by], [true, 'header'])
    const { payloadHash, signedHeaders } = JSON.parse((await gatesign(['explain', '--json', ...line])).out)
    assert.equal(payloadHash, 'UNSIGNED-PAYLOAD')
    assert.match(signedHeaders, /(^|;)x-amz-content-sha256;/)
    const wrong = await gatesign(['call', '-H', 'x-amz-content-sha256: required', url])
    assert.match(wrong.error, /x-amz-content-sha256"\] must be a SHA-256 .*; got "required"/)
    assert.equal((await gateway.requests()).length, 1)
  })

  test('removes an earlier signature, of the URL and of the headers', async () => {
    const { out: earlier } = await gatesign(['presign', '--expires', '10', `${movies}?format=dynamodb`])
    const namesOf = (url) => [...new URL(url, gateway.url).searchParams.keys()]
    const { out: again } = await gatesign(['presign', '--expires', '60', earlier.trim()])
    assert.equal(new URL(again.trim()).searchParams.get('X-Amz-Expires'), '60')
    assert.equal(new Set(namesOf(again.trim())).size, namesOf(again.trim()).length)
    assert.equal((await fetch(again.trim())).status, 200)
    const stale = ['-H', 'X-Amz-Date: 20200101T000000Z', '-H', 'Authorization: AWS4-HMAC-SHA256 Credential=A']
    const { error } = await gatesign(['call', ...stale, earlier.trim()])
    assert.equal(error, '')
    const { target, verdict } = (await gateway.requests()).at(-1)
    assert.deepEqual(namesOf(target), ['format'])
    assert.deepEqual([verdict.ok, verdict.by], [true, 'header'])
  })

  test('does not follow a redirect', async () => {
    await gateway.fault({ action: { type: 'redirect', location: 'http://127.0.0.1:1/elsewhere' } })
    const { code, out } = await gatesign(['call', '-i', movies])
    assert.equal(code, 0)
    assert.match(out, /^HTTP\/1\.1 302 /)
  })
})
