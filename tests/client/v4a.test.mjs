// newClient with `signature: v4a`: what it sends carries a signature of Version 4A over what arrives, which a verifier
// of its own (aws-crt, by the public key) takes.

import assert from 'node:assert/strict'
import { createHash, createPublicKey, verify } from 'node:crypto'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { createSigner as createV4Signer, newClient } from 'gatesign'
import { createSigner, v4a } from 'gatesign/v4a'

const identity = { accessKey: 'AKIDEXAMPLE', secretKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const keys = { accessKeyId: identity.accessKey, secretAccessKey: identity.secretKey }
const invokeUrl = 'https://abc123.execute-api.eu-west-1.amazonaws.com/prod'

/** The public key that the official suite has for this identity. */
const hex = (digits) => Buffer.from(digits, 'hex').toString('base64url')
const key = createPublicKey({
  format: 'jwk',
  key: {
    kty: 'EC',
    crv: 'P-256',
    x: hex('b6618f6a65740a99e650b33b6b4b5bd0d43b176d721a3edfea7e7d2d56d936b1'),
    y: hex('865ed22a7eadc9c5cb9d2cbaca1b3699139fedc5043dc6661864218330c8e518'),
  },
})
const verifies = (text, signature) => verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'hex'))
const sha256 = (data) => createHash('sha256').update(data).digest('hex')

/** What arrived at the server, and the answers it is to give. */
const arrived = []
const answers = []
const server = createServer(async (request, response) => {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  arrived.push({
    ...request,
    method: request.method,
    url: request.url,
    headers: request.headers,
    body: Buffer.concat(chunks),
  })
  const { status = 200, headers = {}, body = '{"ok":true}' } = answers.shift() ?? {}
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
})
let origin
before(async () => {
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening))
  origin = `http://127.0.0.1:${server.address().port}`
})
after(() => server.close())

/** Reads the signature of a request that arrived, and verifies it over what arrived. */
function verified({ method, url, headers, body }, expected = sha256(body)) {
  const { authorization } = headers
  const [, scope, names, signature] =
    /^AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE\/(\S+), SignedHeaders=(\S+), Signature=([0-9a-f]+)$/.exec(
      authorization,
    )
  const [path, query = ''] = url.split('?')
  const canonical = [
    method,
    path,
    query.split('&').sort().join('&'),
    ...names.split(';').map((name) => `${name}:${headers[name]}`),
    '',
    names,
    expected,
  ].join('\n')
  const text = ['AWS4-ECDSA-P256-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n')
  assert.ok(verifies(text, signature), authorization)
  return { scope, names: names.split(';') }
}

const client = (options = {}) =>
  newClient({ invokeUrl: `${origin}/prod`, ...identity, signature: v4a, regionSet: '*', ...options })

test('invokeApi sends a signature for the region set', async () => {
  const { data } = await client().invokeApi(
    { id: 7 },
    '/movies/{id}',
    'POST',
    { queryParams: { b: '2', a: '1' } },
    { x: 1 },
  )
  assert.deepEqual(data, { ok: true })
  const request = arrived.pop()
  assert.equal(request.headers['x-amz-region-set'], '*')
  assert.equal(String(request.body), '{"x":1}')
  const { scope, names } = verified(request)
  assert.match(scope, /^\d{8}\/execute-api\/aws4_request$/)
  assert.ok(['content-type', 'host', 'x-amz-date', 'x-amz-region-set'].every((name) => names.includes(name)))
})

test('fetch does, with a body that is hashed here or by the platform', async () => {
  for (const length of [0, 10, 100_000]) {
    const body = 'x'.repeat(length)
    const response = await client().fetch('/prod/movies', { method: 'POST', body })
    assert.equal(response.status, 200)
    verified(arrived.pop())
  }
})

test('a body that is not signed is announced as such', async () => {
  await client({ signPayload: false }).invokeApi({}, '/movies', 'POST', {}, { x: 1 })
  const request = arrived.pop()
  assert.equal(request.headers['x-amz-content-sha256'], 'UNSIGNED-PAYLOAD')
  verified(request, 'UNSIGNED-PAYLOAD')
})

test('a session token is signed, and so is what the options say of headers', async () => {
  const options = { sessionToken: 'token', unsignableHeaders: ['accept'], headers: { 'X-Own': 'a' } }
  await client(options).invokeApi({}, '/movies', 'GET', {})
  const request = arrived.pop()
  const { names } = verified(request)
  assert.ok(names.includes('x-amz-security-token') && names.includes('x-own') && !names.includes('accept'))
})

test('each attempt is signed again, with the corrected clock and with renewed credentials', async () => {
  let asked = 0
  const credentials = async () => {
    asked += 1
    return { ...keys, sessionToken: `token-${asked}`, expiration: new Date(Date.now() + 3_600_000) }
  }
  const ahead = new Date(Date.now() + 3_600_000).toUTCString()
  answers.push(
    {
      status: 403,
      headers: { 'x-amzn-errortype': 'InvalidSignatureException', date: ahead },
      body: '{"message":"Signature expired: is now earlier than"}',
    },
    {
      status: 403,
      headers: { 'x-amzn-errortype': 'ExpiredTokenException' },
      body: '{"message":"The security token included in the request is expired"}',
    },
  )
  await client({ accessKey: undefined, secretKey: undefined, credentials }).invokeApi(
    {},
    '/movies',
    'GET',
    {},
  )
  const requests = arrived.splice(-3)
  for (const request of requests) verified(request)
  assert.deepEqual(
    requests.map(({ headers }) => headers['x-amz-security-token']),
    ['token-1', 'token-1', 'token-2'],
  )
  const [first, second] = requests.map(({ headers }) => headers['x-amz-date'])
  assert.notEqual(first.slice(0, 11), second.slice(0, 11), 'the hour that the server told')
})

test('sign, presign and explain are what createSigner makes of the same request', async () => {
  const signing = newClient({ invokeUrl, ...identity, signature: v4a })
  const signer = createSigner({ ...keys, regionSet: 'eu-west-1', service: 'execute-api' })
  const request = { pathTemplate: '/movies/{id}', pathParams: { id: 'a b' }, method: 'POST', body: { x: 1 } }
  const signed = await signing.sign(request)
  const { 'x-amz-date': date, authorization, 'x-amz-region-set': regions, ...headers } = signed.headers
  const same = { method: 'POST', url: signed.url, headers, body: signed.body, date }
  assert.equal(regions, 'eu-west-1')
  assert.equal(signer.sign(same).headers.authorization, authorization)
  const explained = await signing.explain(request)
  assert.ok(verifies(explained.stringToSign, explained.signature))
  assert.equal(explained.warning, undefined)
  assert.deepEqual(signer.explain({ ...same, date: explained.amzDate }), explained)

  const url = new URL(
    await signing.presign({
      pathTemplate: '/movies',
      additionalParams: { headers: { 'X-Own': 'a' } },
      expiresIn: 60,
    }),
  )
  const query = Object.fromEntries(url.searchParams)
  assert.equal(query['X-Amz-Region-Set'], 'eu-west-1')
  assert.equal(query['X-Amz-SignedHeaders'], 'host;x-own')
  const again = {
    url: `${invokeUrl}/movies`,
    headers: { 'x-own': 'a' },
    expiresIn: 60,
    date: query['X-Amz-Date'],
  }
  assert.equal(signer.presign(again), url.href)
  const inQuery = await signing.explain({ pathTemplate: '/movies', expiresIn: 60 })
  assert.match(inQuery.canonicalRequest, /X-Amz-Region-Set=eu-west-1/)
  assert.ok(verifies(inQuery.stringToSign, inQuery.signature))
})

test('a WebSocket is signed in its URL', async () => {
  const socket = newClient({
    invokeUrl: invokeUrl.replace('https', 'wss'),
    ...identity,
    signature: v4a,
    regionSet: ['eu-west-1', 'us-east-1'],
  })
  const url = new URL(await socket.presign({ expiresIn: 60 }))
  assert.equal(url.protocol, 'wss:')
  assert.equal(url.searchParams.get('X-Amz-Region-Set'), 'eu-west-1,us-east-1')
})

test('S3 and services with rules of their own have them', async () => {
  const s3 = newClient({
    invokeUrl: 'https://mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com',
    service: 's3',
    ...identity,
    signature: v4a,
    regionSet: '*',
  })
  const { url, headers } = await s3.sign({ pathTemplate: '/a+b' })
  assert.equal(url, 'https://mfzwi23gnjvgw.mrap.accesspoint.s3-global.amazonaws.com/a%2Bb')
  assert.equal(headers['x-amz-content-sha256'], sha256(''))
  const lattice = newClient({
    invokeUrl: 'https://a.vpc-lattice-svcs.eu-west-1.on.aws',
    service: 'vpc-lattice-svcs',
    ...identity,
    signature: v4a,
    regionSet: '*',
  })
  const unsigned = await lattice.sign({ method: 'POST', body: { x: 1 } })
  assert.equal(unsigned.headers['x-amz-content-sha256'], 'UNSIGNED-PAYLOAD')
})

test('what cannot work is refused by name, before anything is sent', async () => {
  const refused = (options, message) =>
    assert.throws(() => newClient({ invokeUrl, ...identity, ...options }), { name: 'TypeError', message })
  refused({ regionSet: '*' }, /^regionSet needs signature/)
  refused({ signature: {} }, /^signature\.forClient must be a function; got undefined/)
  refused({ signature: 'v4a' }, /^signature must be an object; got string/)
  refused({ signature: v4a, regionSet: 'us-east-1, eu-west-1' }, /^regionSet must be regions' codes/)
  refused({ signature: v4a, regionSet: ['us-east-1', ''] }, /^regionSet must be/)
  refused({ signature: v4a, regionSet: 7 }, /^regionSet must be a string; got number/)
  refused({ signature: v4a, invokeUrl: 'https://api.example.com' }, /^regionSet must be specified/)
  for (const secret of ['a b', 'a\nb']) {
    refused({ signature: v4a, secretKey: secret }, /^secretAccessKey has white space/)
  }
  assert.throws(
    () => createSigner({ ...keys, region: 'us-east-1', service: 's3' }),
    /^TypeError: regionSet must be specified/,
  )
  assert.throws(() => createV4Signer({ ...keys, region: '*', service: 's3' }), /gatesign\/v4a/)
})

test('unsigned clients stay so, and a destroyed one signs nothing', async () => {
  const unsigned = newClient({ invokeUrl: `${origin}/prod`, signature: v4a, regionSet: '*' })
  await unsigned.invokeApi({}, '/movies', 'GET', {})
  assert.equal(arrived.pop().headers.authorization, undefined)
  await assert.rejects(unsigned.presign({ expiresIn: 60 }), /accessKey must be specified/)
  const gone = client()
  gone.destroy()
  await assert.rejects(gone.invokeApi({}, '/movies', 'GET', {}), /was destroyed/)
})

test('an identity is never in what is thrown or shown', async () => {
  answers.push({ status: 403, body: '{"message":"no"}' })
  const error = await client({ sessionToken: 'canary-token' })
    .invokeApi({}, '/movies', 'GET', {})
    .catch((caught) => caught)
  assert.ok(!JSON.stringify({ ...error, message: error.message }).includes(identity.secretKey))
  assert.ok(
    !JSON.stringify(await client({ sessionToken: 'canary-token' }).explain({})).includes('canary-token'),
  )
})
