// Seeded random requests: the same signature from this package, @smithy/signature-v4, botocore and,
// where it can be compared, aws4. Each difference has a name, a reason and an exact count, and is gone
// when the peer is given the spelling that AWS documents.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { before, mock, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Sha256 } from '@aws-crypto/sha256-js'
import { HttpRequest } from '@smithy/core/protocols'
import { SignatureV4 } from '@smithy/signature-v4'
import aws4 from 'aws4'
import { createSigner, endpointOf, newClient } from 'gatesign'
import { random, randomRequest, S3_FAMILY, strict } from '../lib/random-requests.mjs'

const COUNT = 2400

/**
 * Where a peer signs another text. `at` says which requests of which peer; `correct` gives the documented spelling.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html (UriEncode)
 */
const DIFFERENCES = [
  {
    name: 'S3 path with reserved characters as they are, or unreserved ones or slashes encoded',
    reason:
      'AWS: "URI encode every byte except the unreserved characters", over the decoded key, whose slashes are not ' +
      'encoded; a literal + is a space. The SDKs sign the path as their own serialisers write it, which is always ' +
      'that form; a URL may be written otherwise',
    counts: { smithy: 509, botocore: 447 },
    at: ({ service, path }) => S3_FAMILY.includes(service) && canonicalKey(path) !== path,
    correct: (request) => ({ ...request, path: canonicalKey(request.path) }),
  },
]

/** An S3 path in its documented form. */
const canonicalKey = (path) =>
  decodeURIComponent(path.replaceAll('+', '%20')).split('/').map(strict).join('/')

const r = random(20240229)
const requests = Array.from({ length: COUNT }, () => randomRequest(r))
const signatureIn = (text) => /Signature=([0-9a-f]{64})/.exec(text)[1]

const HASH = 'x-amz-content-sha256'
const headerOf = (headers, name) => headers[Object.keys(headers).find((key) => key.toLowerCase() === name)]

/**
 * The request as somebody prepares it for a signer that knows no rules of services: the header that VPC Lattice and
 * OpenSearch Serverless ask for, no token for AWS IoT, which wants it added later, and in a presigned URL no payload
 * of S3.
 */
function prepared(request) {
  const { service, presign, headers, body = new Uint8Array(), identity } = request
  const { sessionToken: _, ...withoutToken } = identity
  const added = {}
  if (headerOf(headers, HASH) === undefined) {
    if (service === 'vpc-lattice-svcs' && !presign) added[HASH] = 'UNSIGNED-PAYLOAD'
    if (service === 'aoss' && !presign) added[HASH] = createHash('sha256').update(body).digest('hex')
  }
  if (service !== 'iotdevicegateway') return { ...request, headers: { ...headers, ...added } }
  // A token of the caller's is not signed either.
  const kept = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'x-amz-security-token')
  return { ...request, identity: withoutToken, headers: Object.fromEntries(kept) }
}

function ours(request, asUrl) {
  const {
    identity,
    region,
    service,
    method,
    protocol,
    host,
    path,
    query,
    headers,
    body,
    ms,
    presign,
    expiresIn,
  } = request
  const signer = createSigner({ ...identity, region, service, date: ms })
  const url = asUrl ?? { protocol, host, path, query }
  if (presign) return signatureIn(signer.presign({ method, url, headers, expiresIn }))
  return signatureIn(signer.sign({ method, url, headers, body }).headers.authorization)
}

/** The query as SDK clients hold it: each name once, repeated ones with a list. */
function bag(pairs) {
  const query = Object.create(null)
  for (const [name, value] of pairs) query[name] = name in query ? [query[name], value].flat() : value
  return query
}

async function smithys(given) {
  const {
    identity,
    region,
    service,
    method,
    protocol,
    host,
    path,
    pairs,
    headers,
    body,
    ms,
    presign,
    expiresIn,
  } = prepared(given)
  const s3 = S3_FAMILY.includes(service)
  const signer = new SignatureV4({
    credentials: identity,
    region,
    service,
    sha256: Sha256,
    uriEscapePath: !s3,
    applyChecksum: s3,
  })
  const signingDate = new Date(ms)
  // Its presigner takes the payload hash of a header only.
  const isAdded = presign && (s3 || service === 'vpc-lattice-svcs') && headerOf(headers, HASH) === undefined
  const unsigned = isAdded ? { [HASH]: 'UNSIGNED-PAYLOAD' } : {}
  const request = new HttpRequest({
    method,
    protocol,
    hostname: host,
    path,
    query: bag(pairs),
    headers: { host, ...headers, ...unsigned },
    body,
  })
  if (!presign) return signatureIn((await signer.sign(request, { signingDate })).headers.authorization)
  const unhoistableHeaders = new Set(Object.keys(request.headers).map((name) => name.toLowerCase()))
  const options = {
    signingDate,
    expiresIn,
    unhoistableHeaders,
    unsignableHeaders: new Set(isAdded ? [HASH] : []),
  }
  return (await signer.presign(request, options)).query['X-Amz-Signature']
}

function botocores(list) {
  const input = list.map(prepared).map(({ body, pairs, protocol, host, path, presign, ...rest }) => ({
    ...rest,
    presign,
    url: `${protocol}//${host}${path}`,
    params: presign ? Object.fromEntries(pairs) : pairs,
    body: Buffer.from(body ?? []).toString('base64'),
  }))
  const script = fileURLToPath(new URL('./botocore_signer.py', import.meta.url))
  const python = process.env.PYTHON
  assert.ok(python, 'PYTHON must name a Python with botocore: node tests/lib/setup-sdk.mjs makes one')
  return JSON.parse(
    String(execFileSync(python, [script], { input: JSON.stringify(input), maxBuffer: 2 ** 28 })),
  )
}

/** aws4 adds headers of its own to a body, and takes a host from what it is given. */
function aws4s(given) {
  const { identity, region, service, method, host, path, pairs, headers, ms } = prepared(given)
  const date = new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '')
  const query = pairs.map(([name, value]) => `${strict(name)}=${strict(value)}`).join('&')
  const request = { service, region, method, host, path: query === '' ? path : `${path}?${query}` }
  const signed = aws4.sign({ ...request, headers: { ...headers, Host: host, 'X-Amz-Date': date } }, identity)
  return signatureIn(signed.headers.Authorization)
}

const hasRepeatedName = ({ pairs }) => new Set(pairs.map(([name]) => name)).size < pairs.length

/** What a peer cannot be asked, with the number of such requests. */
const NOT_ASKED = {
  botocore: {
    why:
      'its presigner keeps one value of a repeated name and hashes the body for VPC Lattice; its signer for S3 replaces ' +
      'the payload hash of the caller',
    when: (q) =>
      q.presign
        ? hasRepeatedName(q) || (q.service === 'vpc-lattice-svcs' && headerOf(q.headers, HASH) === undefined)
        : S3_FAMILY.includes(q.service) && headerOf(q.headers, HASH) !== undefined,
  },
  aws4: {
    why:
      'it adds headers of its own to a body, and drops parameters without a name; its S3 rules are for SDK keys; it ' +
      "signs with a caller's date and token",
    when: (q) =>
      q.presign ||
      S3_FAMILY.includes(q.service) ||
      q.body !== undefined ||
      q.pairs.some(([name]) => name === '') ||
      ['x-amz-date', 'x-amz-security-token'].some((name) => headerOf(q.headers, name) !== undefined),
  },
}

const results = []
before(async () => {
  const botocoreList = requests.filter((request) => !NOT_ASKED.botocore.when(request))
  const answers = botocores(botocoreList)
  const fromBotocore = new Map(botocoreList.map((request, at) => [request, answers[at]]))
  for (const request of requests) {
    results.push({
      request,
      ours: ours(request),
      smithy: await smithys(request),
      botocore: fromBotocore.get(request),
      aws4: NOT_ASKED.aws4.when(request) ? undefined : aws4s(request),
    })
  }
})

/** How many requests each peer signs with the same result. */
const SAME = { smithy: 1891, botocore: 1741, aws4: 329 }

for (const [peer, expected] of Object.entries(SAME)) {
  test(`${peer}: the same signatures`, async () => {
    const differences = DIFFERENCES.filter(({ counts }) => peer in counts)
    const counts = differences.map(() => 0)
    let same = 0
    for (const result of results) {
      if (result[peer] === undefined) continue
      if (result[peer] === result.ours) {
        same += 1
        continue
      }
      const at = differences.findIndex((difference) => difference.at(result.request))
      assert.ok(at >= 0, `no known difference: ${JSON.stringify(result.request)}`)
      counts[at] += 1
    }
    // Those that differ are the same when they are spelled as AWS documents.
    const unequal = results.filter((result) => result[peer] !== undefined && result[peer] !== result.ours)
    const corrected = unequal.map(({ request }) => differences.find(({ at }) => at(request)).correct(request))
    const again =
      peer === 'botocore'
        ? botocores(corrected)
        : await Promise.all(corrected.map(peer === 'smithy' ? smithys : aws4s))
    for (const [at, signature] of again.entries())
      assert.equal(signature, unequal[at].ours, JSON.stringify(corrected[at]))
    assert.equal(same, expected)
    assert.deepEqual(
      counts,
      differences.map(({ counts }) => counts[peer]),
    )
    console.log(
      `counted: random requests, ${peer}: ${same} the same, differences: ${counts.join(' + ') || 0}, not asked: ${results.filter((result) => result[peer] === undefined).length}`,
    )
  })
}

test('a URL is signed as its parts are', () => {
  let compared = 0
  for (const { request, ours: expected } of results) {
    const { protocol, host, path, query } = request
    const text = `${protocol}//${host}${path}${query === '' ? '' : `?${query}`}`
    if (new URL(text).href !== text) continue
    // S3 takes a literal + for a space: in a URL it is written as what it stands for.
    const written = S3_FAMILY.includes(request.service) ? path.replaceAll('+', '%2B') : path
    const asWritten = written === path ? expected : ours({ ...request, path: written })
    assert.equal(ours(request, text), asWritten, text)
    assert.equal(ours(request, new URL(text)), asWritten, text)
    compared += 1
  }
  assert.ok(compared > 1000, `only ${compared} are written as a URL parser writes them`)
  console.log(`counted: random requests given as URLs: ${compared}`)
})

test('nothing of an earlier signature is sent', () => {
  let earlier = 0
  for (const { request } of results) {
    const { identity, region, service, method, protocol, host, path, query, headers, body, ms, expiresIn } =
      request
    if (!request.earlier) continue
    const signer = createSigner({ ...identity, region, service, date: ms })
    const url = { protocol, host, path, query }
    const names = (url) =>
      url
        .split('?')
        .slice(1)
        .join('?')
        .split('&')
        .map((part) => decodeURIComponent(part.split('=')[0]))
    const amz = (url) => names(url).filter((name) => /^x-amz-(?!content|s3|meta)/i.test(name))
    assert.deepEqual(amz(signer.sign({ method, url, headers, body }).url), [])
    const presigned = amz(signer.presign({ method, url, headers, expiresIn }))
    assert.equal(new Set(presigned.map((name) => name.toLowerCase())).size, presigned.length, `${presigned}`)
    earlier += 1
  }
  assert.ok(earlier > 150, `${earlier}`)
})

test('what the client sends has the signature that the peers give it', async () => {
  const calls = requests
    .filter(({ presign, service }) => !presign && service === 'execute-api')
    .slice(0, 500)
    // A client signs for no other region than the one that its host names.
    .map((call) => ({ ...call, region: endpointOf(call.host).region ?? call.region }))
  const sent = []
  for (const call of calls) {
    const { identity, region, method, protocol, host, path, pairs, headers, ms } = call
    const client = newClient({
      invokeUrl: `${protocol}//${host}/stage`,
      accessKey: identity.accessKeyId,
      secretKey: identity.secretAccessKey,
      sessionToken: identity.sessionToken,
      region,
      service: 'execute-api',
      queryArrayFormat: 'repeat',
    })
    // A parameter that makes a dot segment is refused.
    const segments = path
      .slice(1)
      .split('/')
      .filter((segment) => !/^\.{1,2}$/.test(segment))
    mock.timers.enable({ apis: ['Date'], now: ms })
    const signed = await client.sign({
      pathParams: { segments },
      pathTemplate: '{/segments*}',
      method,
      additionalParams: { headers, queryParams: Object.entries(bag(pairs)) },
      body: call.body,
    })
    mock.timers.reset()
    const { authorization, 'x-amz-date': date, ...rest } = signed.headers
    assert.equal(new URL(signed.url).href, signed.url)
    if (identity.sessionToken) {
      assert.equal(rest['x-amz-security-token'], identity.sessionToken)
      delete rest['x-amz-security-token']
    }
    assert.equal(date, new Date(ms).toISOString().replace(/[-:]|\.\d+/g, ''))
    const { pathname, search } = new URL(signed.url)
    const decoded =
      search === ''
        ? []
        : search
            .slice(1)
            .split('&')
            .map((part) => part.split('=').map(decodeURIComponent))
    sent.push({
      signature: signatureIn(authorization),
      request: { ...call, path: pathname, pairs: decoded, headers: rest, body: signed.body },
    })
  }
  const theirs = botocores(sent.map(({ request }) => request))
  for (const [at, { signature, request }] of sent.entries()) {
    assert.equal(theirs[at], signature, JSON.stringify(request))
    assert.equal(await smithys(request), signature, JSON.stringify(request))
  }
  assert.equal(sent.length, 500)
  console.log(`counted: random calls of the client, smithy and botocore: ${sent.length} the same`)
})

// The long form: other seeds, and no count known beforehand. A difference that has no name fails.
test('20,000 more requests', { skip: !process.env.LONG && 'only in the long form, LONG=1' }, async () => {
  const more = random(7)
  const list = Array.from({ length: 20000 }, () => randomRequest(more)).filter(
    (q) => !NOT_ASKED.botocore.when(q),
  )
  const corrected = list.map((q) => DIFFERENCES.find(({ at }) => at(q))?.correct(q) ?? q)
  const theirs = botocores(corrected)
  for (const [at, request] of list.entries()) {
    const expected = ours(request)
    assert.equal(theirs[at], expected, JSON.stringify(request))
    assert.equal(await smithys(corrected[at]), expected, JSON.stringify(request))
  }
  console.log(`counted: random requests, long form: ${list.length} as smithy and botocore`)
})
