// `npx gatesign`: its other commands, and wrong usage.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { startTerminal } from '../lib/terminal.mjs'

const { gatesign, gateway, movies } = await startTerminal()

test('presign prints a URL that fetch can open', async () => {
  const { code, out } = await gatesign(['presign', '--expires', '60', movies])
  assert.equal(code, 0)
  assert.equal((await fetch(out.trim())).status, 200)
  const socket = await gatesign(['presign', `${gateway.url.replace('http', 'ws')}/stage/ws`])
  assert.match(socket.out, /^ws:.*X-Amz-Expires=300/)
})

test('explain shows the steps and sends nothing', async () => {
  const { out } = await gatesign(['explain', '--json', '-d', '{}', movies])
  const { canonicalRequest, stringToSign } = JSON.parse(out)
  assert.match(canonicalRequest, /^POST\n\/stage\/movie_list\n/)
  assert.match(stringToSign, /\/us-east-1\/execute-api\/aws4_request\n/)
  assert.match((await gatesign(['explain', movies])).out, /^Canonical request\n\nGET\n/)
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
    [2, "gatesign: diagnose needs an error on standard input\nTry 'gatesign help'.\n"],
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
    [['call', 'example.com'], /must begin with https/],
    [['call', 'https://u:secret-word@example.com'], /URL must not contain a user name/],
    [['call', '--frob', 'http://127.0.0.1'], /^gatesign: Unknown option '--frob'\nTry/],
    [['call', '-m', '-1', 'http://127.0.0.1'], /^gatesign: --max-time takes seconds, not "-1"\nTry/],
    [['call', 'http://127.0.0.1', '-X'], /^gatesign: -X needs METHOD\nTry/],
    [['presign', '-d', 'x', 'http://127.0.0.1'], /Unknown option '-d'/],
    [['presign', '--expires', '0', 'http://127.0.0.1'], /--expires takes 1 to 604800 seconds, not "0"/],
    [['presign', '--expires', '1.5', 'http://127.0.0.1'], /--expires takes 1 to 604800 seconds, not "1.5"/],
    [['call', '-H', 'no colon secret-word', 'http://127.0.0.1'], /-H takes 'Name: value'/],
    [['call', '-I', '-d', 'x', 'http://127.0.0.1'], /-I has no body: add -G/],
    [
      ['call', '-H', 'HOST: secret-word', 'http://127.0.0.1'],
      /cannot send a different Host: .*x-apigw-api-id/,
    ],
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
