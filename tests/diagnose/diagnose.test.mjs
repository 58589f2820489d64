// diagnose on what the gateway really answers, each kind once and in each form a caller may have it.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { diagnose, newClient } from 'gatesign'
import { checked, client, DENIED, gateway, rejection, TEMPORARY } from './diagnose.mjs'

const HOUR = 3_600_000

const get = (config, path = '/echo', params = {}) => client(config).invokeApi({}, path, 'GET', params)
const answer = (status, body, headers) => gateway.fault({ action: { type: 'status', status, body, headers } })

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

/** Kind, what is wrong, how it comes about, and what the summary has to name. */
const ANSWERED = [
  ['SignatureDoesNotMatch', 'a wrong secret key', () => rejection(get({ secretKey: 'wrong' }))],
  [
    'SignatureExpired',
    'a gateway five hours ahead',
    async () => {
      await gateway.configure({ clockOffsetMs: 5 * HOUR })
      return rejection(get({ correctClockSkew: false }))
    },
  ],
  [
    'SignatureNotYetCurrent',
    'a gateway five hours behind',
    async () => {
      await gateway.configure({ clockOffsetMs: -5 * HOUR })
      return rejection(get({ correctClockSkew: false }))
    },
  ],
  ['CredentialScope', 'another region', () => rejection(get({ region: 'eu-west-1' }))],
  ['CredentialScope', 'another service', () => rejection(get({ service: 'lambda' }))],
  ['IncompleteSignature', 'a Bearer token', async () => asError(await forged())],
  [
    'MissingAuthenticationToken',
    'no credentials',
    () => rejection(newClient({ invokeUrl: `${gateway.url}/stage` }).invokeApi({}, '/echo', 'GET')),
  ],
  ['MissingAuthenticationToken', 'an unknown route', () => rejection(get({}, '/no/such/route'))],
  [
    'ExpiredToken',
    'an expired session',
    async () => {
      await gateway.identity({ ...TEMPORARY, expiresAtMs: 1 })
      return rejection(get({ accessKey: undefined, secretKey: undefined, credentials: TEMPORARY }))
    },
  ],
  ['InvalidClientTokenId', 'an unknown access key', () => rejection(get({ accessKey: 'AKIDUNKNOWN' }))],
  [
    'InvalidClientTokenId',
    'a session key without its token',
    async () => {
      await gateway.identity(TEMPORARY)
      const { accessKeyId, secretAccessKey } = TEMPORARY
      return rejection(get({ accessKey: accessKeyId, secretKey: secretAccessKey }))
    },
  ],
  [
    'AccessDenied',
    'a policy that allows nothing',
    () => rejection(get(DENIED)),
    /arn:aws:iam::123456789012:user\/denied is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:/,
  ],
  ['ApiKey', 'no API key', () => rejection(get({}, '/key/echo'))],
  ['ApiKey', 'a wrong API key', () => rejection(get({ apiKey: 'wrong' }, '/both/echo'))],
  [
    'ApiKey',
    'a private API that is not named',
    async () => {
      await gateway.configure({ requireApiId: 'abc123' })
      return rejection(get())
    },
  ],
  [
    'Throttled',
    'a burst of requests',
    async () => {
      await gateway.fault({ action: { type: 'throttle' } })
      return rejection(get())
    },
  ],
  [
    'QuotaExceeded',
    'a used up quota',
    async () => {
      await gateway.fault({ action: { type: 'throttle', quota: true } })
      return rejection(get())
    },
  ],
  [
    'PayloadTooLarge',
    'a body that is too large',
    async () => {
      await gateway.configure({ maxBodyBytes: 100 })
      return rejection(client().invokeApi({}, '/echo', 'POST', {}, 'x'.repeat(1000)))
    },
  ],
  ['NotFound', 'a movie that is none', () => rejection(get({}, '/movie/1900/none'))],
  [
    'BadRequest',
    'a movie without a title',
    () => rejection(client().invokeApi({}, '/movie', 'POST', {}, { no: 'movie' })),
  ],
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
  ].map(([kind, status, body]) => [
    kind,
    `an answer with ${status}`,
    () => answer(status, body).then(() => rejection(get())),
  ]),
]

describe('what the gateway answers', () => {
  for (const [kind, name, refuse, summary = /./] of ANSWERED) {
    test(`${kind}: ${name}`, async () => {
      const error = await refuse()
      const diagnosis = checked(diagnose(error))
      assert.equal(diagnosis.kind, kind)
      assert.match(diagnosis.summary, summary)
      for (const form of formsOf(error)) {
        // An error has its call, which may show more.
        const { summary, ...rest } = checked(diagnose(form))
        assert.deepEqual({ ...rest, summary: diagnosis.summary }, diagnosis)
        assert.ok(diagnosis.summary.startsWith(summary), summary)
      }
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
      const [, , refuse] = ANSWERED.find((row) => row[0] === kind)
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
    [
      'AccessDenied',
      '{"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: …"}',
    ],
    ['Unauthorized', '{"message":"Unauthorized"}'],
    ['NotFound', '{"message":"Not Found"}'],
    ['Throttled', 'Too Many Requests'],
    ['InternalServerError', '{"message": "Internal server error"}'],
    ['InternalServerError', '{"message":"Internal Server Error"}'],
    ['ServiceUnavailable', '{"message":"Service Unavailable"}'],
    ['UriTooLong', 'Request URI too long'],
    ['UnsupportedMediaType', '{"message":"Unsupported Media Type"}'],
    ['BadRequest', '{"message": "Invalid request body"}'],
    ['EndpointTimeout', '{"message": "Network error communicating with endpoint"}'],
    ['IncompleteSignature', "Unsupported AWS 'algorithm': 'x'"],
    ['NetworkError', 'TypeError: Failed to fetch'],
    ['NetworkError', 'Load failed'],
    ['ConnectionRefused', 'connect ECONNREFUSED 127.0.0.1:443'],
    ['Cors', "Access to fetch at 'https://a' from origin 'https://b' has been blocked by CORS policy"],
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
      'a redirect',
      async () => {
        await gateway.fault({ action: { type: 'redirect', location: 'https://example.com/' } })
        return get()
      },
    ],
    [
      'Timeout',
      'no answer within the timeout',
      async () => {
        await gateway.fault({ action: { type: 'stall' } })
        return get({}, '/echo', { timeout: 30 })
      },
    ],
    [
      'Canceled',
      'a signal that aborts',
      async () => {
        await gateway.fault({ action: { type: 'stall' } })
        return get({}, '/echo', { signal: AbortSignal.timeout(30) })
      },
    ],
    [
      'ConnectionReset',
      'a connection that is reset',
      async () => {
        await gateway.fault({ action: { type: 'resetBeforeHeaders' } })
        return get()
      },
    ],
    ['NetworkError', 'a port that fetch does not take', () => get({ invokeUrl: 'http://127.0.0.1:1/stage' })],
    // Not asked of a real name server or certificate: the errors are those that Node's fetch has for them.
    ['HostNotFound', 'a name that is none', () => get({ fetch: failing('ENOTFOUND') })],
    ['HostNotFound', 'a name server that fails', () => get({ fetch: failing('EAI_AGAIN') })],
    ['Certificate', 'a certificate of its own', () => get({ fetch: failing('DEPTH_ZERO_SELF_SIGNED_CERT') })],
    ['Certificate', 'a certificate that has expired', () => get({ fetch: failing('CERT_HAS_EXPIRED') })],
    [
      'Certificate',
      'a certificate of another name',
      () => get({ fetch: failing('ERR_TLS_CERT_ALTNAME_INVALID') }),
    ],
    [
      'Certificate',
      'a certificate that nobody vouches for',
      () => get({ fetch: failing('UNABLE_TO_VERIFY_LEAF_SIGNATURE') }),
    ],
    // A page is told no more than this.
    [
      'NetworkError',
      'a page that is told nothing',
      () => get({ fetch: () => Promise.reject(new TypeError('Failed to fetch')) }),
    ],
  ]
  for (const [kind, name, call] of ROWS) {
    test(`${kind}: ${name}`, async () => {
      assert.equal(checked(diagnose(await rejection(call()))).kind, kind)
    })
  }
})

describe('other forms', () => {
  test('a Response that fetch resolved with, once its body is read', async () => {
    const response = await client({ secretKey: 'wrong' }).fetch('/stage/echo')
    const { status, headers } = response
    assert.equal(diagnose({ status, headers, body: await response.json() }).kind, 'SignatureDoesNotMatch')
  })

  for (const [name, read] of [
    ['not read', () => {}],
    ['read before', (response) => response.text()],
  ]) {
    test(`a Response whose body is ${name}: by its status and headers`, async () => {
      for (const [kind, response] of [
        ['SignatureDoesNotMatch', await client({ secretKey: 'wrong' }).fetch('/stage/echo')],
        ['MissingAuthenticationToken', await client().fetch('/stage/no/such/route')],
        ['Throttled', new Response('{}', { status: 429 })],
        ['Unknown', new Response('{}', { status: 403 })],
      ]) {
        await read(response)
        for (const given of [response, { response }]) {
          const diagnosis = checked(diagnose(given))
          assert.equal(diagnosis.kind, kind)
          assert.match(diagnosis.hint, /body: await response\.text\(\)/)
        }
      }
    })
  }

  test('a Response without a body, and one that a page may not read', () => {
    assert.equal(diagnose(new Response(null, { status: 401 })).kind, 'Unauthorized')
    assert.doesNotMatch(diagnose(new Response(null, { status: 401 })).hint, /await/)
    assert.equal(diagnose(Response.error()).kind, 'NetworkError')
  })

  test('what succeeded is no failure', async () => {
    for (const given of [
      await get(),
      await client().fetch('/stage/echo'),
      { status: 200, headers: {}, body: 'Missing Authentication Token' },
      { status: 204, headers: {}, body: '' },
    ]) {
      const diagnosis = checked(diagnose(given))
      assert.equal(diagnosis.kind, 'Succeeded')
      assert.match(diagnosis.summary, /succeeded/)
    }
  })

  test('an error whose name and status are no texts and numbers', () => {
    const nothing = Object.create(null)
    for (const given of [
      { name: nothing },
      { $metadata: { httpStatusCode: nothing } },
      { name: Symbol('a') },
    ]) {
      assert.equal(diagnose({ message: 'failed', ...given }).kind, 'Unknown')
    }
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
