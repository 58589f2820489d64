// A refusal is understood once: the client acts on each form in which diagnose recognises it.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { createSigner, diagnose, newClient } from 'gatesign'

const URL_OF_API = 'https://abc123.execute-api.us-east-1.amazonaws.com/prod'

/** A client whose gateway answers once with a refusal, and then with 200; and what was sent. */
function refusedOnce({ status, headers = {}, body }, config = {}) {
  const sent = []
  const fetch = async (_, init) => {
    sent.push(init.headers)
    return sent.length === 1 ? new Response(body, { status, headers }) : new Response('{}', { status: 200 })
  }
  const client = newClient({ invokeUrl: URL_OF_API, fetch, ...config })
  return { sent, call: () => client.invokeApi({}, '/x', 'GET') }
}

const keys = { accessKey: 'AKIDEXAMPLE', secretKey: 'secret' }
const ago = (ms, form) => {
  const iso = new Date(Date.now() + ms).toISOString().replace(/\.\d+/, '')
  return form === 'amz' ? iso.replace(/[-:]/g, '') : iso
}
const HOUR = 3_600_000

describe('an expired token is renewed', () => {
  for (const [name, refusal] of [
    [
      'S3',
      {
        status: 400,
        body: '<?xml version="1.0"?><Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error>',
      },
    ],
    [
      'JSON with a code',
      { status: 400, body: '{"code":"ExpiredToken","message":"The provided token has expired."}' },
    ],
    [
      'JSON with a type',
      { status: 400, body: '{"__type":"com.amazon.coral.service#ExpiredTokenException"}' },
    ],
    ['a header', { status: 403, headers: { 'x-amzn-errortype': 'ExpiredTokenException' }, body: '{}' }],
    [
      'API Gateway',
      { status: 403, body: '{"message":"The security token included in the request is expired"}' },
    ],
    ['plain text', { status: 403, body: 'The security token included in the request is expired' }],
    [
      'a text of the owner',
      { status: 403, body: '{"reason":"The security token included in the request is expired"}' },
    ],
  ]) {
    test(name, async () => {
      assert.equal(diagnose(refusal).kind, 'ExpiredToken')
      let asked = 0
      const credentials = async () => {
        asked += 1
        return { accessKeyId: 'ASIDEXAMPLE', secretAccessKey: 's', sessionToken: `token-${asked}` }
      }
      const { sent, call } = refusedOnce(refusal, { credentials })
      assert.equal((await call()).status, 200)
      assert.deepEqual(
        [asked, sent.map((headers) => headers['x-amz-security-token'])],
        [2, ['token-1', 'token-2']],
      )
    })
  }
})

describe('a clock that is wrong is corrected', () => {
  const skewed = (request, server) => ({
    status: 403,
    body: `<Error><Code>RequestTimeTooSkewed</Code><Message>The difference between the request time and the current time is too large.</Message><RequestTime>${request}</RequestTime><ServerTime>${server}</ServerTime><MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds></Error>`,
  })
  for (const [name, refusal, kind] of [
    ['S3, this clock behind', () => skewed(ago(0, 'amz'), ago(HOUR)), 'SignatureExpired'],
    ['S3, this clock ahead', () => skewed(ago(0, 'amz'), ago(-HOUR)), 'SignatureNotYetCurrent'],
    [
      'API Gateway',
      () => ({
        status: 403,
        body: JSON.stringify({
          message: `Signature expired: ${ago(0, 'amz')} is now earlier than ${ago(HOUR - 3e5, 'amz')} (${ago(HOUR, 'amz')} - 5 min.)`,
        }),
      }),
      'SignatureExpired',
    ],
    [
      'a type and a Date',
      () => ({
        status: 403,
        headers: {
          'x-amzn-errortype': 'RequestTimeTooSkewed',
          date: new Date(Date.now() + HOUR).toUTCString(),
        },
        body: '{}',
      }),
      'ClockSkew',
    ],
  ]) {
    test(name, async () => {
      assert.equal(diagnose(refusal()).kind, kind)
      const { sent, call } = refusedOnce(refusal(), keys)
      assert.equal((await call()).status, 200)
      const [first, second] = sent.map((headers) => Number(headers['x-amz-date'].replace(/\D/g, '')))
      assert.ok(Math.abs(second - first) >= 9000, `${first} ${second}`)
    })
  }

  test('never to a time that is to come', async () => {
    const body = JSON.stringify({
      message: `Signature expired: ${ago(0, 'amz')} is now earlier than 20990101T000000Z (20990101T000500Z - 5 min.)`,
    })
    const { sent, call } = refusedOnce({ status: 403, body }, keys)
    await assert.rejects(call(), (error) => error.response.status === 403)
    assert.equal(sent.length, 1)
  })
})

describe('the usual mistakes are named', () => {
  const api = 'https://abc123.execute-api.us-east-1.amazonaws.com/prod'
  const rejection = async (config, path = '/x', method = 'GET') => {
    const client = newClient({ invokeUrl: api, ...keys, ...config })
    const error = await client.invokeApi({}, path, method).then(
      () => assert.fail('resolved'),
      (thrown) => thrown,
    )
    return diagnose(error)
  }
  const answering = (status, body, headers) => async () => new Response(body, { status, headers })
  const failing = (code, message) => async () => {
    throw Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(message), { code }) })
  }
  const thrown = (config) => {
    try {
      newClient({ invokeUrl: api, ...config })
    } catch (error) {
      return error.message
    }
    return assert.fail('no error')
  }
  const sentence = ({ summary, hint }) => `${summary} ${hint}`
  const noRoute = answering(403, '{"message":"Missing Authentication Token"}', {
    'x-amzn-errortype': 'MissingAuthenticationTokenException',
  })

  for (const [name, said, expected] of [
    [
      'wrong region',
      () => thrown({ ...keys, region: 'ap-northeast-2' }),
      /^region must be the one in the host's name/,
    ],
    [
      'wrong stage or method',
      () => rejection({ fetch: noRoute }).then(sentence),
      /Check stage, path and method/,
    ],
    [
      'no stage',
      () => rejection({ invokeUrl: new URL(api).origin, fetch: noRoute }, '').then(sentence),
      /the stage is missing/,
    ],
    [
      'a secret with a newline',
      () => thrown({ accessKey: 'AKID', secretKey: 'secret\n' }),
      /^secretKey has white space/,
    ],
    [
      'swapped keys',
      () =>
        thrown({ accessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', secretKey: 'AKIAIOSFODNN7EXAMPLE' }),
      /are swapped/,
    ],
    [
      'no token',
      () => thrown({ accessKey: 'ASIAIOSFODNN7EXAMPLE', secretKey: 's' }),
      /^sessionToken is missing/,
    ],
    [
      'an expired token',
      () =>
        rejection({
          fetch: answering(403, '{"message":"The security token included in the request is expired"}'),
        }).then(sentence),
      /credentials have expired/,
    ],
    [
      'no scheme',
      () => thrown({ ...keys, invokeUrl: 'abc123.execute-api.us-east-1.amazonaws.com/prod' }),
      /^invokeUrl must be an http or https URL/,
    ],
    [
      'a misspelt option',
      () => thrown({ accessKeyId: 'AKID', secretKey: 's' }),
      /accessKeyId is not an option of newClient: it is called accessKey/,
    ],
    ['a promise of credentials', () => thrown({ credentials: Promise.resolve({}) }), /got a promise/],
    [
      'a private name outside the VPC',
      () =>
        rejection({
          fetch: failing('ENOTFOUND', 'getaddrinfo ENOTFOUND abc123.execute-api.us-east-1.amazonaws.com'),
        }).then(sentence),
      /private API resolves only inside its VPC/,
    ],
    [
      'a closed port',
      () => rejection({ fetch: failing('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1') }).then(sentence),
      /Nothing listens/,
    ],
    [
      'port 443 is not let in',
      () => rejection({ fetch: failing('UND_ERR_CONNECT_TIMEOUT', 'Connect Timeout Error') }).then(sentence),
      /security group/,
    ],
    [
      'https for http',
      () =>
        rejection({ fetch: failing('ERR_SSL_WRONG_VERSION_NUMBER', 'wrong version number') }).then(sentence),
      /does not speak TLS/,
    ],
    [
      'an empty variable',
      () => rejection({ fetch: noRoute }, '/movie//x').then(sentence),
      /a variable was empty/,
    ],
    [
      'a variable that is not filled in',
      () => rejection({ fetch: noRoute }, '/movie/:year').then(sentence),
      /templates use \{name\}/,
    ],
    [
      'no credentials',
      () => rejection({ accessKey: undefined, secretKey: undefined, fetch: noRoute }).then(sentence),
      /was not signed/,
    ],
    [
      'an explicit deny',
      () =>
        rejection({
          fetch: answering(
            403,
            '{"Message":"User: arn:aws:iam::1:user/u is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:1:abc123/prod/GET/x with an explicit deny in a resource-based policy"}',
            { 'x-amzn-errortype': 'AccessDeniedException' },
          ),
        }).then(sentence),
      /explicit Deny overrides every Allow/,
    ],
    [
      'no API key',
      () =>
        rejection({
          fetch: answering(403, '{"message":"Forbidden"}', { 'x-amzn-errortype': 'ForbiddenException' }),
        }).then(sentence),
      /the API key is missing or wrong/,
    ],
    [
      'CORS',
      () => rejection({ fetch: async () => Promise.reject(new TypeError('Failed to fetch')) }).then(sentence),
      /CORS check failed/,
    ],
  ]) {
    test(name, async () => assert.match(await said(), expected))
  }

  test('advice on CORS is not for Node', async () => {
    for (const cause of [new Error('bad port'), undefined]) {
      const fetch = () => Promise.reject(new TypeError('fetch failed', { cause }))
      assert.doesNotMatch(sentence(await rejection({ fetch })), /CORS/)
    }
  })

  test('options of other packages stay silent', (t) => {
    const warn = t.mock.method(console, 'warn', () => {})
    newClient({ invokeUrl: api, ...keys, accessKeyId: 'x', token: 'x', stage: 'x', adapter: () => {} })
    assert.equal(warn.mock.callCount(), 0)
    newClient({ invokeUrl: api, ...keys, retry: 3, header: {} })
    assert.deepEqual(
      warn.mock.calls.map(({ arguments: [text] }) => text),
      [
        'gatesign: retry is not an option of newClient: it is called retries',
        'gatesign: header is not an option of newClient: it is called headers',
      ],
    )
    for (const [name, right] of [
      ['session_token', 'sessionToken'],
      ['invokeURL', 'invokeUrl'],
      ['SecretAccessKey', 'secretKey'],
    ]) {
      assert.throws(() => newClient({ [name]: 'x' }), {
        message: `${name} is not an option of newClient: it is called ${right}`,
      })
    }
  })

  test('what a denial tells is in fields of its own', async () => {
    const denied = await rejection({
      fetch: answering(
        403,
        '{"Message":"User: arn:aws:iam::1:user/u is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:1:a/prod/GET/x with an explicit deny in an identity-based policy: arn:aws:iam::1:policy/p. Go to https://console.aws.amazon.com/iam/authorization-details/d-1 for complete details, or call the GetRequestAuthorizationDetails API with the following authorization id: d-1"}',
      ),
    })
    const { kind, action, policyType, policy, authorizationId, url } = denied
    assert.deepEqual(
      [kind, action, policyType, policy, authorizationId, url],
      [
        'AccessDenied',
        'execute-api:Invoke',
        'identity-based',
        'arn:aws:iam::1:policy/p',
        'd-1',
        'https://console.aws.amazon.com/iam/authorization-details/d-1',
      ],
    )
  })

  test('S3 shows what it has signed', () => {
    const { canonicalRequest, stringToSign } = createSigner({
      accessKeyId: 'A',
      secretAccessKey: 's',
      region: 'us-east-1',
      service: 's3',
    }).explain({ url: 'https://b.s3.us-east-1.amazonaws.com/k' })
    const escaped = canonicalRequest.replace('/k\n', '/other\n').replaceAll('&', '&amp;')
    const body = `<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match the signature you provided.</Message><StringToSign>${stringToSign}</StringToSign><CanonicalRequest>${escaped}</CanonicalRequest></Error>`
    const { diff, server } = diagnose({ status: 403, body }, { canonicalRequest, stringToSign })
    assert.equal(diff.part, 'path')
    assert.match(server.canonicalRequest, /\/other\n/)
  })

  test('AppSync answers with a list of errors', () => {
    const body = {
      errors: [
        {
          errorType: 'UnrecognizedClientException',
          message: 'The security token included in the request is invalid.',
        },
      ],
    }
    assert.equal(diagnose({ status: 401, body }).kind, 'InvalidClientTokenId')
  })

  test('a web ACL answers with success, too', () => {
    const headers = { 'x-amzn-waf-action': 'challenge' }
    assert.equal(diagnose({ status: 202, headers, body: '' }).kind, 'Waf')
  })

  test('long texts take time in proportion', () => {
    for (const text of [
      `status${' '.repeat(64_000)}`,
      '<Code>'.repeat(10_000),
      '&'.repeat(64_000),
      'User: '.repeat(10_000),
    ]) {
      const begun = process.cpuUsage()
      diagnose(text)
      // Of the processor, in µs: a busy machine takes longer.
      assert.ok(process.cpuUsage(begun).user < 1_000_000, text.slice(0, 10))
    }
  })
})

test('the kinds in the rules, the types and the reference are the same', () => {
  const read = (file) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
  const rules = new Set(
    read('src/diagnose/rules.txt')
      .split('\n')
      .filter((_, line) => line % 5 === 0 && _ !== ''),
  )
  const [, union] = /kind:\n([\s\S]*?)\n {2}\/\*\*/.exec(
    read('pkg-template/index.d.ts').split('export interface Diagnosis')[1],
  )
  const types = [...union.matchAll(/'(\w+)'/g)].map(([, kind]) => kind)
  assert.deepEqual(types.sort(), [...rules].sort())
  for (const kind of rules) assert.match(read('docs/api.md'), new RegExp(`'${kind}'|\`${kind}\``), kind)
})
