// `npx gatesign`: its credentials, its other commands, and wrong usage.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { LONG_LIVED, REGION } from '../lib/gateway.mjs'
import { startTerminal } from '../lib/terminal.mjs'

const { folder, gatesign, gateway, movies } = await startTerminal()

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
    const { code, out, error } = await gatesign(['call', '--profile', 'work', movies], { env })
    assert.equal(code, 0, error)
    assert.ok(JSON.parse(out).Items)
  })

  test('of the SDK, when the folder has it', async () => {
    const env = { ...shared(section('default')), AWS_REGION: REGION }
    const cwd = fileURLToPath(new URL('..', import.meta.url))
    const { code, error } = await gatesign(['call', '-f', '-o', join(folder, 'x'), movies], { env, cwd })
    assert.equal(code, 0, error)
  })

  test('of the SDK, without any: names the profile and says what the SDK says', async () => {
    const env = { ...shared(section('default')), AWS_REGION: REGION, AWS_EC2_METADATA_DISABLED: 'true' }
    const cwd = fileURLToPath(new URL('..', import.meta.url))
    const { code, error } = await gatesign(['call', '--profile', 'absent', movies], { env, cwd })
    assert.equal(code, 1)
    assert.match(error, /^gatesign: no credentials of the profile "absent": \w/)
  })

  test('without any: says what to set', async () => {
    const { code, error } = await gatesign(['call', movies], { env: { ...shared(''), AWS_REGION: REGION } })
    assert.equal(code, 1)
    assert.match(error, /no credentials: set AWS_ACCESS_KEY_ID/)
    const env = { ...shared(''), AWS_REGION: REGION, AWS_PROFILE: 'absent' }
    assert.match(
      (await gatesign(['call', movies], { env })).error,
      /no credentials of the profile "absent": set AWS_/,
    )
    assert.deepEqual(await gateway.requests(), [])
  })
})

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
