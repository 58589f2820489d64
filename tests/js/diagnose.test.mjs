// diagnose on what the gateway really answers, each kind once and in each form a caller may have it.

import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, mock, test } from 'node:test'
import { createSigner, diagnose, newClient } from 'gatesign'
import { API_KEY, LONG_LIVED, REGION, startGateway } from '../lib/gateway.mjs'

const DENIED = { accessKey: 'AKIDEXAMPLEDENIED', secretKey: 'denied/wJalrXUtnFEMI+K7MDENG/EXAMPLEKEY' }
const TEMPORARY = {
  accessKeyId: 'ASIADIAGNOSE',
  secretAccessKey: 'diagnose/secret+EXAMPLE',
  sessionToken: 'diagnose/token+EXAMPLE==',
}
const SECRETS = [
  LONG_LIVED.secretKey,
  DENIED.secretKey,
  TEMPORARY.secretAccessKey,
  TEMPORARY.sessionToken,
  API_KEY,
]
const HOUR = 3_600_000

let gateway
before(async () => {
  gateway = await startGateway()
})
after(() => gateway?.stop())
beforeEach(() => gateway.reset())
afterEach(() => mock.timers.reset())

const client = (config) =>
  newClient({ invokeUrl: `${gateway.url}/stage`, region: REGION, ...LONG_LIVED, ...config })
const get = (config, path = '/echo', params = {}) => client(config).invokeApi({}, path, 'GET', params)
const answer = (status, body, headers) => gateway.fault({ action: { type: 'status', status, body, headers } })

/** What a call rejects with. */
async function rejection(call) {
  const error = await call.then(
    () => assert.fail('the call was not refused'),
    (error) => error,
  )
  assert.ok(!(error instanceof assert.AssertionError), error)
  return error
}

function checked(diagnosis) {
  assert.ok(diagnosis.summary.length > 20 && diagnosis.hint.length > 10, JSON.stringify(diagnosis))
  for (const secret of SECRETS) assert.ok(!JSON.stringify(diagnosis).includes(secret), 'a secret is shown')
  return diagnosis
}

/** The same refusal as a log line, an answer and a rejection would have it. */
const formsOf = ({ response: { status, headers, data } }) => [
  { status, headers, body: data },
  { status, headers, body: typeof data === 'string' ? data : JSON.stringify(data) },
  { status, headers: new Headers(headers), data },
]

const forged = async () => fetch(`${gateway.url}/stage/echo`, { headers: { authorization: 'Bearer abc' } })
const asError = async (response) => ({
  response: {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    data: await response.json(),
  },
})

/** Kind, how it comes about, and what the summary has to name. */
const ANSWERED = [
  ['SignatureDoesNotMatch', () => rejection(get({ secretKey: 'wrong' }))],
  [
    'SignatureExpired',
    async () => {
      await gateway.configure({ clockOffsetMs: 5 * HOUR })
      return rejection(get({ correctClockSkew: false }))
    },
  ],
  [
    'SignatureNotYetCurrent',
    async () => {
      await gateway.configure({ clockOffsetMs: -5 * HOUR })
      return rejection(get({ correctClockSkew: false }))
    },
  ],
  ['CredentialScope', () => rejection(get({ region: 'eu-west-1' }))],
  ['CredentialScope', () => rejection(get({ service: 'lambda' }))],
  ['IncompleteSignature', async () => asError(await forged())],
  [
    'MissingAuthenticationToken',
    () => rejection(newClient({ invokeUrl: `${gateway.url}/stage` }).invokeApi({}, '/echo', 'GET')),
  ],
  ['MissingAuthenticationToken', () => rejection(get({}, '/no/such/route'))],
  [
    'ExpiredToken',
    async () => {
      await gateway.identity({ ...TEMPORARY, expiresAtMs: 1 })
      return rejection(get({ accessKey: undefined, secretKey: undefined, credentials: TEMPORARY }))
    },
  ],
  ['InvalidClientTokenId', () => rejection(get({ accessKey: 'AKIDUNKNOWN' }))],
  [
    'InvalidClientTokenId',
    async () => {
      await gateway.identity(TEMPORARY)
      const { accessKeyId, secretAccessKey } = TEMPORARY
      return rejection(get({ accessKey: accessKeyId, secretKey: secretAccessKey }))
    },
  ],
  [
    'AccessDenied',
    () => rejection(get(DENIED)),
    /arn:aws:iam::123456789012:user\/denied is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:/,
  ],
  ['ApiKey', () => rejection(get({}, '/key/echo'))],
  ['ApiKey', () => rejection(get({ apiKey: 'wrong' }, '/both/echo'))],
  [
    'ApiKey',
    async () => {
      await gateway.configure({ requireApiId: 'abc123' })
      return rejection(get())
    },
  ],
  [
    'Throttled',
    async () => {
      await gateway.fault({ action: { type: 'throttle' } })
      return rejection(get())
    },
  ],
  [
    'QuotaExceeded',
    async () => {
      await gateway.fault({ action: { type: 'throttle', quota: true } })
      return rejection(get())
    },
  ],
  [
    'PayloadTooLarge',
    async () => {
      await gateway.configure({ maxBodyBytes: 100 })
      return rejection(client().invokeApi({}, '/echo', 'POST', {}, 'x'.repeat(1000)))
    },
  ],
  ['NotFound', () => rejection(get({}, '/movie/1900/none'))],
  ['BadRequest', () => rejection(client().invokeApi({}, '/movie', 'POST', {}, { no: 'movie' }))],
  ...[
    ['Unauthorized', 401, { message: 'Unauthorized' }],
    ['Gone', 410, {}],
    ['UriTooLong', 414, { message: 'Request-URI Too Long' }],
    ['UnsupportedMediaType', 415, { message: 'Unsupported Media Type' }],
    ['InternalServerError', 500],
    ['BadGateway', 502],
    ['ServiceUnavailable', 503],
    ['EndpointTimeout', 504],
    ['CloudFront', 403, '<TITLE>ERROR: The request could not be satisfied</TITLE>'],
    ['Unknown', 418, { message: "I'm a teapot" }],
  ].map(([kind, status, body]) => [kind, () => answer(status, body).then(() => rejection(get()))]),
]

describe('what the gateway answers', () => {
  for (const [kind, refuse, summary = /./] of ANSWERED) {
    test(`${kind}: ${refuse.toString().replace(/\s+/g, ' ').slice(0, 60)}`, async () => {
      const error = await refuse()
      const diagnosis = checked(diagnose(error))
      assert.equal(diagnosis.kind, kind)
      assert.match(diagnosis.summary, summary)
      for (const form of formsOf(error)) assert.deepEqual(checked(diagnose(form)), diagnosis)
    })
  }

  const TEXTS = [
    'SignatureDoesNotMatch',
    'SignatureExpired',
    'SignatureNotYetCurrent',
    'CredentialScope',
    'IncompleteSignature',
    'MissingAuthenticationToken',
    'ExpiredToken',
    'InvalidClientTokenId',
    'AccessDenied',
    'QuotaExceeded',
  ]
  for (const kind of TEXTS) {
    test(`${kind} from the text alone, plain, JSON and inside a log line`, async () => {
      const [, refuse] = ANSWERED.find(([name]) => name === kind)
      const { data } = (await refuse()).response
      const text = data.message ?? data.Message
      for (const given of [text, JSON.stringify(data), `2024-01-01 ERROR call failed: ${text}`]) {
        assert.equal(checked(diagnose(given)).kind, kind)
      }
    })
  }
})

describe('a text that names no type', () => {
  for (const [kind, text] of [
    ['ApiKey', '{"message":"Forbidden"}'],
    ['ApiKey', '{"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: …"}'],
    ['Unauthorized', '{"message":"Unauthorized"}'],
    ['NotFound', '{"message":"Not Found"}'],
    ['Throttled', 'Too Many Requests'],
    ['InternalServerError', '{"message": "Internal server error"}'],
    ['InternalServerError', '{"message":"Internal Server Error"}'],
    ['ServiceUnavailable', '{"message":"Service Unavailable"}'],
    ['NetworkError', 'TypeError: Failed to fetch'],
    ['NetworkError', 'Load failed'],
    ['NetworkError', 'connect ECONNREFUSED 127.0.0.1:443'],
    [
      'NetworkError',
      "Access to fetch at 'https://a' from origin 'https://b' has been blocked by CORS policy",
    ],
    ['Unknown', 'something else altogether'],
    ['Unknown', ''],
  ]) {
    test(`${kind}: ${text}`, () => assert.equal(diagnose(text).kind, kind))
  }
})

test('an argument that was refused is no failure of the network', () => {
  assert.throws(
    () => newClient({ invokeUrl: gateway.url, accessKey: 'a' }),
    (error) => diagnose(error).kind === 'Unknown',
  )
})

test('what fetch rejects with', () => {
  assert.equal(diagnose(new DOMException('This operation was aborted', 'AbortError')).kind, 'Canceled')
  assert.equal(diagnose(new DOMException('timed out', 'TimeoutError')).kind, 'Timeout')
  const cause = Object.assign(new Error('getaddrinfo ENOTFOUND a'), { code: 'ENOTFOUND' })
  assert.equal(diagnose(new TypeError('fetch failed', { cause })).kind, 'HostNotFound')
})

describe('what never was an answer', () => {
  const failing = (code) => async () => {
    throw Object.assign(new TypeError('fetch failed'), {
      cause: Object.assign(new Error(`failed: ${code}`), { code }),
    })
  }
  const ROWS = [
    [
      'Redirect',
      async () => {
        await gateway.fault({ action: { type: 'redirect', location: 'https://example.com/' } })
        return get()
      },
    ],
    [
      'Timeout',
      async () => {
        await gateway.fault({ action: { type: 'stall' } })
        return get({}, '/echo', { timeout: 30 })
      },
    ],
    [
      'Canceled',
      async () => {
        await gateway.fault({ action: { type: 'stall' } })
        return get({}, '/echo', { signal: AbortSignal.timeout(30) })
      },
    ],
    [
      'NetworkError',
      async () => {
        await gateway.fault({ action: { type: 'resetBeforeHeaders' } })
        return get()
      },
    ],
    ['NetworkError', () => get({ invokeUrl: 'http://127.0.0.1:1/stage' })],
    // Not asked of a real name server or certificate: the errors are those that Node's fetch has for them.
    ['HostNotFound', () => get({ fetch: failing('ENOTFOUND') })],
    ['HostNotFound', () => get({ fetch: failing('EAI_AGAIN') })],
    ['Certificate', () => get({ fetch: failing('DEPTH_ZERO_SELF_SIGNED_CERT') })],
    ['Certificate', () => get({ fetch: failing('CERT_HAS_EXPIRED') })],
    ['Certificate', () => get({ fetch: failing('ERR_TLS_CERT_ALTNAME_INVALID') })],
    ['Certificate', () => get({ fetch: failing('UNABLE_TO_VERIFY_LEAF_SIGNATURE') })],
    // A page is told no more than this.
    ['NetworkError', () => get({ fetch: () => Promise.reject(new TypeError('Failed to fetch')) })],
  ]
  for (const [kind, call] of ROWS) {
    test(`${kind}: ${call.toString().replace(/\s+/g, ' ').slice(0, 80)}`, async () => {
      assert.equal(checked(diagnose(await rejection(call()))).kind, kind)
    })
  }
})

describe('a signature that does not match: what differs', () => {
  /** The answer to a request that was changed after signing, and how it was signed. */
  async function tampered(change, request = {}) {
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const given = {
      pathTemplate: '/echo/a',
      method: 'POST',
      body: { a: 1 },
      additionalParams: { headers: { 'x-a': '1' }, queryParams: { q: '1' } },
      ...request,
    }
    const explanation = await client().explain(given)
    const { method, url, headers, body } = await client().sign(given)
    const sent = { method, url, headers, body }
    change(sent)
    const response = await fetch(sent.url, sent)
    const text = await response.text()
    assert.equal(response.status, 403, text)
    return { problem: { status: response.status, headers: response.headers, body: text }, explanation }
  }

  const CHANGES = [
    [
      'method',
      (sent) => {
        sent.method = 'PUT'
      },
      1,
    ],
    [
      'path',
      (sent) => {
        sent.url = sent.url.replace('/a?', '/b?')
      },
      2,
    ],
    [
      'query',
      (sent) => {
        sent.url = sent.url.replace('q=1', 'q=2')
      },
      3,
    ],
    [
      'header x-a',
      (sent) => {
        sent.headers['x-a'] = '2'
      },
    ],
    [
      'header content-type',
      (sent) => {
        sent.headers['content-type'] = 'text/plain'
      },
    ],
    [
      'payload hash',
      (sent) => {
        sent.body = '{"a":2}'
      },
    ],
  ]
  for (const [part, change, line] of CHANGES) {
    test(part, async () => {
      const { problem, explanation } = await tampered(change)
      const diagnosis = checked(diagnose(problem, explanation))
      assert.equal(diagnosis.kind, 'SignatureDoesNotMatch')
      assert.equal(diagnosis.diff.part, part)
      assert.match(diagnosis.summary, new RegExp(`the ${part} differs`))
      if (line) assert.equal(diagnosis.diff.line, line)
      assert.equal(diagnosis.diff.ours, explanation.canonicalRequest.split('\n')[diagnosis.diff.line - 1])
      assert.equal(
        diagnosis.diff.theirs,
        diagnosis.server.canonicalRequest.split('\n')[diagnosis.diff.line - 1],
      )
      assert.notEqual(diagnosis.diff.ours, diagnosis.diff.theirs)
    })
  }

  test('host: signed for another one than was called', async () => {
    const identity = { accessKeyId: LONG_LIVED.accessKey, secretAccessKey: LONG_LIVED.secretKey }
    const signer = createSigner({ ...identity, region: REGION, service: 'execute-api', date: Date.now() })
    const request = { url: 'http://other.example/stage/echo' }
    const { headers } = signer.sign(request)
    const response = await fetch(`${gateway.url}/stage/echo`, { headers })
    const diagnosis = checked(
      diagnose(
        { status: response.status, headers: response.headers, body: await response.text() },
        signer.explain(request),
      ),
    )
    assert.equal(diagnosis.diff.part, 'header host')
    assert.equal(diagnosis.diff.ours, 'host:other.example')
  })

  test('nothing differs: the secret is wrong', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const api = client({ secretKey: 'wrong' })
    const explanation = await api.explain({ pathTemplate: '/echo' })
    const diagnosis = checked(diagnose(await rejection(api.invokeApi({}, '/echo', 'GET')), explanation))
    assert.equal(diagnosis.diff, undefined)
    assert.match(diagnosis.hint, /secret key/)
    assert.deepEqual(
      [diagnosis.server.canonicalRequest, diagnosis.server.stringToSign],
      [explanation.canonicalRequest, explanation.stringToSign],
    )
  })

  test('without the explanation it still shows what the server has signed, but no token or key', async () => {
    await gateway.identity(TEMPORARY)
    const api = client({
      accessKey: undefined,
      secretKey: undefined,
      credentials: { ...TEMPORARY, secretAccessKey: 'wrong' },
      apiKey: API_KEY,
    })
    const diagnosis = checked(diagnose(await rejection(api.invokeApi({}, '/both/echo', 'GET'))))
    assert.equal(diagnosis.diff, undefined)
    assert.match(diagnosis.server.canonicalRequest, /^GET\n\/stage\/both\/echo\n/)
    assert.match(diagnosis.server.canonicalRequest, /x-amz-security-token:.*\d+/)
  })
})

describe('other forms', () => {
  test('a Response that fetch resolved with, once its body is read', async () => {
    const response = await client({ secretKey: 'wrong' }).fetch('/stage/echo')
    const { status, headers } = response
    assert.equal(diagnose({ status, headers, body: await response.json() }).kind, 'SignatureDoesNotMatch')
  })

  test('a Response whose body is not read is refused, not guessed at', async () => {
    const response = await client({ secretKey: 'wrong' }).fetch('/stage/echo')
    assert.throws(() => diagnose(response), /^TypeError: .*body: await response\.text\(\)/)
  })

  test("XML of a service, and an error of the AWS SDK's", () => {
    const xml =
      '<?xml version="1.0"?><ErrorResponse><Error><Code>ExpiredToken</Code><Message>The security token included in the request is expired</Message></Error></ErrorResponse>'
    assert.equal(diagnose(xml).kind, 'ExpiredToken')
    const sdk = Object.assign(new Error('The security token included in the request is invalid.'), {
      name: 'InvalidClientTokenId',
      $metadata: { httpStatusCode: 403 },
    })
    assert.equal(diagnose(sdk).kind, 'InvalidClientTokenId')
  })

  for (const given of [undefined, null, 7, true]) {
    test(`refuses ${given}`, () => {
      assert.throws(
        () => diagnose(given),
        /^TypeError: diagnose must be given an error, a response or a text; got/,
      )
    })
  }
})
