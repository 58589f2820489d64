// What the names of hosts tell: a table of names, and every host that botocore would call.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createSigner, endpointOf, newClient } from 'gatesign'
import { importSource } from '../../xtask/sources.mjs'

const { readAllowed, whyNotAllowed } = await importSource('src/cli/serve/allowed.ts')

const table = readFileSync(new URL('../../src/client/host/hosts.txt', import.meta.url), 'utf8')
const HOSTS = table
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(' '))

const keys = { accessKey: 'AKIDEXAMPLE', secretKey: 'secret' }
const identity = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
const API = 'abc123.execute-api.us-east-1.amazonaws.com'

test('what a name tells', () => {
  assert.ok(HOSTS.length > 50)
  for (const [host, kind, service, region, apiId] of HOSTS) {
    const scheme = service === 'iotdevicegateway' ? 'wss' : 'https'
    const expected = { kind }
    if (service !== '-') Object.assign(expected, { service, region })
    if (apiId !== '-') expected.apiId = apiId
    for (const url of [`${scheme}://${host}/x?y`, `${scheme}://${host.toUpperCase()}:8443`]) {
      assert.deepEqual(endpointOf(url), expected, url)
      assert.deepEqual(endpointOf(new URL(url)), expected, url)
    }
  }
  assert.deepEqual(endpointOf(API), endpointOf(`https://${API}`))
  assert.deepEqual(endpointOf('localhost:3000'), { kind: 'custom' })
  for (const url of ['', 'https://', 'a b', undefined, null, 1, {}]) {
    assert.throws(() => endpointOf(url), { name: 'TypeError', message: /^url must be/ }, String(url))
  }
})

// https://pypi.org/project/botocore: endpoint rules, partitions.json, endpoints.json, metadata.signingName
test('every host that botocore would call: its answer, or none', (t) => {
  const python = process.env.PYTHON
  assert.ok(python, 'PYTHON must name a Python with botocore: node tests/lib/setup-sdk.mjs makes one')
  const script = fileURLToPath(new URL('./botocore_hosts.py', import.meta.url))
  const rows = execFileSync(python, [script], { encoding: 'utf8', maxBuffer: 1 << 27 })
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
  const wrong = []
  const unanswered = new Set()
  let answered = 0
  for (const [host, service, region] of rows) {
    const told = endpointOf(`https://${host}/`)
    if (told.service === undefined) {
      assert.equal(told.region, undefined)
      unanswered.add(host)
    } else if (told.service === service && told.region === region) answered += 1
    else wrong.push(`${host}: ${told.service} ${told.region}, and botocore says ${service} ${region}`)
  }
  assert.deepEqual(wrong.slice(0, 20), [])
  assert.ok(rows.length > 80_000 && answered > 0.85 * rows.length, `${answered} of ${rows.length}`)
  // Of another botocore than the one in tests/lib/requirements.txt the README says nothing.
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const [, all, right] =
    /of botocore\s+[\d.]+'s ([\d,]+) hosts it knows ([\d,]+), and gets none of them wrong/.exec(readme)
  assert.deepEqual(
    [all, right],
    [rows.length.toLocaleString('en'), answered.toLocaleString('en')],
    'README.md',
  )
  t.diagnostic(`counted: ${answered} hosts of botocore answered of ${rows.length}, and none wrongly`)
})

test('a star stands for the API of any execute-api name', () => {
  const apis = HOSTS.filter(([, kind, , , id]) => kind === 'api' && id === 'abc')
  assert.ok(apis.length > 10)
  for (const [host] of apis) {
    const pattern = host.replace(/^[^.]+/, '*')
    const allowed = readAllowed([pattern])
    assert.equal(whyNotAllowed(allowed, new URL(`https://${host}/prod`)), '', host)
    assert.match(whyNotAllowed(allowed, new URL(`https://a.${host}/prod`)), /is not on the forwarder's list/)
  }
  for (const [host, , service] of HOSTS.filter((row) => row[2] !== 'execute-api')) {
    assert.throws(() => readAllowed([`*.${host}`]), /--forward takes HOST/, `${host} ${service}`)
  }
})

describe('newClient', () => {
  const scopeOf = async (config) => {
    const client = newClient({ ...keys, ...config })
    return (await client.explain({ pathTemplate: '/x' })).credentialScope.split('/').slice(1, 3).join(' ')
  }

  test('takes region and service from the host', async () => {
    for (const [host, , service, region] of HOSTS.filter((row) => row[2] !== '-')) {
      if (service === 'iotdevicegateway') continue
      assert.equal(await scopeOf({ invokeUrl: `https://${host}` }), `${region} ${service}`, host)
    }
    assert.equal(
      await scopeOf({ invokeUrl: 'https://api.example.com', region: 'eu-west-1' }),
      'eu-west-1 execute-api',
    )
    const vpce = { invokeUrl: 'https://vpce-1.execute-api.us-east-1.vpce.amazonaws.com', host: API }
    assert.equal(await scopeOf(vpce), 'us-east-1 execute-api')
    assert.equal(await scopeOf({ invokeUrl: 'https://10.0.0.7', host: API }), 'us-east-1 execute-api')
  })

  test('presigns MQTT over WebSocket for iotdevicegateway', async () => {
    const client = newClient({ ...keys, invokeUrl: 'wss://abc-ats.iot.eu-west-1.amazonaws.com/mqtt' })
    assert.match(await client.presign({ expiresIn: 60 }), /%2Feu-west-1%2Fiotdevicegateway%2F/)
  })

  test('says that a host names no region only where that is true', () => {
    for (const invokeUrl of [
      'https://api.example.com',
      'https://bucket.s3.amazonaws.com',
      'http://localhost',
    ]) {
      assert.throws(() => newClient({ ...keys, invokeUrl }), /region must be specified.*does not name it/)
    }
  })

  const invokeUrl = `https://${API}/prod`
  for (const [name, config, message] of [
    [
      'another region',
      { region: 'ap-northeast-2' },
      `region must be the one in the host's name, or left out; got "ap-northeast-2" at "${API}"`,
    ],
    [
      'a zone',
      { region: 'us-east-1a' },
      'region must be a region (this is one of its availability zones); got "us-east-1a"',
    ],
    ['a city', { region: 'Seoul' }, 'region must be a region\'s code, such as us-east-1; got "Seoul"'],
    ['a star', { region: '*' }, 'region must be one region (* belongs to SigV4a: see gatesign/v4a); got "*"'],
    [
      'another service',
      { service: 'lambda' },
      `service must be the one in the host's name, or left out; got "lambda" at "${API}"`,
    ],
    [
      'an API of another region',
      { host: 'def.execute-api.eu-west-1.amazonaws.com' },
      'host must be the name of an API in invokeUrl\'s region; got "def.execute-api.eu-west-1.amazonaws.com"',
    ],
  ]) {
    test(`refuses ${name}`, () => {
      assert.throws(() => newClient({ ...keys, invokeUrl, ...config }), { name: 'TypeError', message })
    })
  }

  test('refuses what is no region at a host that names none, too', () => {
    for (const region of ['us-east-1a', 'Seoul', '*', 'us east 1', 'US-EAST-1']) {
      const config = { ...keys, invokeUrl: 'https://api.example.com', region }
      assert.throws(() => newClient(config), { name: 'TypeError', message: /^region must be/ }, region)
    }
    for (const region of ['local', 'us-east-1', 'eu_1'])
      newClient({ ...keys, invokeUrl: 'http://localhost', region })
  })

  test('host takes the name of an API, and names the way out for a private custom domain', () => {
    const config = { ...keys, invokeUrl: 'https://vpce-1.execute-api.us-east-1.vpce.amazonaws.com/prod' }
    for (const host of [
      'private.example.com',
      'x',
      'execute-api.us-east-1.amazonaws.com',
      'abc.lambda-url.us-east-1.on.aws',
      'd-1.execute-api.us-east-1.amazonaws.com',
      'http://x/y',
    ]) {
      assert.throws(() => newClient({ ...config, host }), {
        name: 'TypeError',
        message: /^host must be an API's own name, .*a private custom domain .* make it invokeUrl/,
      })
    }
    newClient({ ...config, host: API.toUpperCase() })
  })
})

describe('createSigner', () => {
  test('refuses what is no region', () => {
    for (const region of ['us-east-1a', 'Seoul', '*']) {
      const options = { ...identity, region, service: 'execute-api' }
      assert.throws(() => createSigner(options), { name: 'TypeError', message: /^region must be/ }, region)
    }
    // Stores that speak S3 name their regions as they like.
    createSigner({ ...identity, region: 'US', service: 's3' })
  })

  test('names a scope that contradicts the host in the explanation', () => {
    const explain = (region, service, host) =>
      createSigner({ ...identity, region, service }).explain({ url: `https://${host}/` }).warning
    assert.equal(
      explain('ap-northeast-2', 'execute-api', API),
      "The host's name tells the region us-east-1, and the signature is for ap-northeast-2.",
    )
    assert.equal(
      explain('us-east-1', 'bedrock-runtime', 'bedrock-runtime.us-east-1.amazonaws.com'),
      "The host's name tells the service bedrock, and the signature is for bedrock-runtime.",
    )
    assert.equal(explain('us-east-1', 'execute-api', API), undefined)
    assert.equal(explain('eu-west-1', 's3', 'bucket.s3.amazonaws.com'), undefined)
    assert.equal(explain('us-east-1', 'iotdevicegateway', 'a-ats.iot.us-east-1.amazonaws.com'), undefined)
  })
})
