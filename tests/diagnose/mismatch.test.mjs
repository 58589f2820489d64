// diagnose on a signature that does not match: what is blamed, and that no secret is shown.

import assert from 'node:assert/strict'
import { afterEach, describe, mock, test } from 'node:test'
import { createSigner, diagnose } from 'gatesign'
import { API_KEY, LONG_LIVED, REGION } from '../lib/gateway.mjs'
import { checked, client, gateway, rejection, TEMPORARY } from './diagnose.mjs'

afterEach(() => mock.timers.reset())

describe('what differs', () => {
  /** The answer to a request that was changed after signing, and how it was signed. */
  async function tampered(change, request = {}) {
    const given = {
      pathTemplate: '/echo/a',
      method: 'POST',
      body: { a: 1 },
      additionalParams: { headers: { 'x-a': '1' }, queryParams: { q: '1' } },
      ...request,
    }
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const { method, url, headers, body } = await client().sign(given)
    const sent = { method, url, headers, body }
    // As it was signed, and as it would be signed two seconds later.
    const explanations = [await client().explain(given)]
    mock.timers.tick(2000)
    explanations.push(await client().explain(given))
    change(sent)
    const response = await fetch(sent.url, sent)
    const text = await response.text()
    assert.equal(response.status, 403, text)
    return { problem: { status: response.status, headers: response.headers, body: text }, explanations }
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
      const { problem, explanations } = await tampered(change)
      for (const explanation of explanations) {
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
      }
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

  test('nothing differs but the time of the explanation: the secret is wrong', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const api = client({ secretKey: 'wrong' })
    const problem = await rejection(api.invokeApi({}, '/echo', 'GET'))
    for (const ms of [1100, 24 * 3_600_000]) {
      mock.timers.tick(ms)
      const diagnosis = checked(diagnose(problem, await api.explain({ pathTemplate: '/echo' })))
      assert.equal(diagnosis.diff, undefined)
      assert.match(diagnosis.hint, /secret key/)
    }
  })

  test('the same for a presigned URL', async () => {
    const identity = { accessKeyId: LONG_LIVED.accessKey, secretAccessKey: 'wrong' }
    const signer = createSigner({ ...identity, region: REGION, service: 'execute-api' })
    const response = await fetch(signer.presign({ url: `${gateway.url}/stage/echo`, expiresIn: 60 }))
    const body = await response.text()
    const { canonicalRequest, stringToSign } = diagnose(body).server
    const later = (text) =>
      text.replace(/\d{8}T\d{6}Z/g, '20300101T000000Z').replace(/20\d{6}(?=\/|%2F)/g, '20300101')
    const explanation = { canonicalRequest: later(canonicalRequest), stringToSign: later(stringToSign) }
    assert.notEqual(explanation.canonicalRequest, canonicalRequest)
    const diagnosis = checked(diagnose({ status: response.status, body }, explanation))
    assert.equal(diagnosis.diff, undefined)
    assert.match(diagnosis.hint, /secret key/)
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

describe('the same message in other forms', () => {
  const SEPARATORS = {
    spaces: ' ',
    CR: '\r',
    CRLF: '\r\n',
    '<br>': '<br>',
    'indented lines': '\n      ',
    'escaped LF': '\\n',
    'LF, escaped twice': '\\\\n',
    'escaped CRLF': '\\r\\n',
  }

  /** What a gateway says to a request with a token and an API key, and how it was signed. */
  async function refused() {
    await gateway.identity(TEMPORARY)
    const credentials = { ...TEMPORARY, secretAccessKey: 'wrong' }
    const api = client({ accessKey: undefined, secretKey: undefined, credentials, apiKey: API_KEY })
    const response = await api.fetch('/stage/both/echo')
    const { message } = await response.json()
    assert.ok(message.includes(TEMPORARY.sessionToken), message)
    return { message, explanation: await api.explain({ pathTemplate: '/both/echo' }) }
  }

  for (const [name, separator] of Object.entries(SEPARATORS)) {
    test(`${name}: no token and no key is shown, and nothing blamed that is the same`, async () => {
      const { message, explanation } = await refused()
      const separated = message.replaceAll('\n', separator)
      for (const text of [separated, separated.replace(/x-(amz|api)/g, (start) => start.toUpperCase())]) {
        for (const given of [text, { status: 403, body: { message: text } }, { message: text }]) {
          const diagnosis = checked(diagnose(given, explanation))
          assert.equal(diagnosis.kind, 'SignatureDoesNotMatch')
          if (text === separated) assert.equal(diagnosis.diff, undefined, JSON.stringify(diagnosis.diff))
        }
      }
    })
  }

  for (const name of ['CRLF', 'indented lines', 'escaped LF', 'LF, escaped twice', 'escaped CRLF']) {
    test(`${name}: what differs is found`, async () => {
      const { message, explanation } = await refused()
      const text = message.replace('/both/', '/other/').replaceAll('\n', SEPARATORS[name])
      const { diff } = checked(diagnose(text, explanation))
      assert.deepEqual([diff.part, diff.line, diff.theirs], ['path', 2, '/stage/other/echo'])
    })
  }

  test('secrets that were redacted before differ in nothing', async () => {
    const { message, explanation } = await refused()
    const replaced = [TEMPORARY.sessionToken, API_KEY].reduce(
      (text, secret) => text.replaceAll(secret, `[redacted: ${[...secret].length} characters]`),
      message,
    )
    const diagnosis = checked(diagnose(replaced, explanation))
    assert.equal(diagnosis.diff, undefined)
    assert.match(diagnosis.hint, /secret key/)
    assert.deepEqual(diagnosis.server, diagnose(message).server)
  })
})
