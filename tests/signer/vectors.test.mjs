// Every case of the official signing test suite through the built package.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, test } from 'node:test'
import { createSigner } from 'gatesign'
import { officialCases } from './suite.mjs'

/** Cases that the package refuses to sign. */
const NOT_SIGNED = {
  'get-header-value-multiline':
    'a header value with line ends in it: HTTP forbids senders to fold lines (RFC 9112 section 5.2), and fetch throws',
}

/** Cases whose target a URL parser writes in another way, so that they are signed from a URL's parts only. */
const NOT_AS_URL = {
  'get-relative-normalized': 'dot segments are resolved by the parser',
  'get-relative-relative-normalized': 'dot segments are resolved by the parser',
  'get-relative-relative-unnormalized': 'dot segments are resolved by the parser',
  'get-relative-unnormalized': 'dot segments are resolved by the parser',
  'get-slash-dot-slash-normalized': 'dot segments are resolved by the parser',
  'get-slash-dot-slash-unnormalized': 'dot segments are resolved by the parser',
  'get-slash-pointless-dot-normalized': 'dot segments are resolved by the parser',
  'get-slash-pointless-dot-unnormalized': 'dot segments are resolved by the parser',
  'get-space-unnormalized': 'a space is encoded by the parser',
  'get-utf8': 'text outside ASCII is encoded by the parser',
  'get-vanilla-utf8-query': 'text outside ASCII is encoded by the parser',
}

/** Cases without a context, of the older suite: header form only. The secret of ANOTREAL is in the crate's tests. */
const OLDER = {
  'double-encode-path': {
    accessKeyId: 'ANOTREAL',
    secretAccessKey: 'notrealrnrELgWzOk3IfjzDKtFBhDby',
    region: 'us-east-1',
    service: 'service',
    date: '20150830T123600Z',
  },
  'double-url-encode': {
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    region: 'us-east-2',
    service: 'lambda',
    date: '20210511T154045Z',
  },
}

function optionsOf({ name, context }) {
  if (!context) return OLDER[name]
  const {
    credentials,
    region,
    service,
    normalize,
    sign_body,
    omit_session_token = false,
    timestamp,
  } = context
  return {
    accessKeyId: credentials.access_key_id,
    secretAccessKey: credentials.secret_access_key,
    sessionToken: credentials.token,
    region,
    service,
    doubleEncodePath: false,
    normalizePath: normalize,
    payloadHeader: sign_body,
    omitSessionToken: omit_session_token,
    date: timestamp,
  }
}

const sha256 = (text) => createHash('sha256').update(text).digest('hex')
/** As `explain` shows it: without the session token. */
const redacted = (canonical) =>
  canonical.replace(
    /^(x-amz-security-token:)(.*)$/m,
    (_, name, value) => `${name}[redacted: ${value.length} characters]`,
  )

const cases = officialCases()
const counts = { header: 0, query: 0, url: 0 }

for (const official of cases) {
  const { name, method, path, query, headers, body, context, file } = official
  const options = optionsOf(official)
  const host = headers.find(([header]) => header.toLowerCase() === 'host')[1]
  const request = { method, url: { host, path, query }, headers, body }

  if (name in NOT_SIGNED) {
    test(`${name}: refused`, () => {
      const signer = createSigner(options)
      assert.throws(() => signer.sign(request), {
        name: 'TypeError',
        message: /headers must be values without control/,
      })
      assert.throws(() => signer.presign({ ...request, expiresIn: 60 }), TypeError)
    })
    continue
  }

  test(`${name}: in headers`, () => {
    const signer = createSigner(options)
    const explanation = signer.explain(request)
    let canonical = file('header-canonical-request.txt')
    // One older case has another date in this file than in its signature.
    if (!context) canonical = canonical.replace(/^x-amz-date:.*$/m, `x-amz-date:${options.date}`)
    assert.equal(explanation.canonicalRequest, redacted(canonical))
    const sent = /Signature=(\w{64})/.exec(file('header-signed-request.txt'))[1]
    const toSign = file('header-string-to-sign.txt')?.trimEnd()
    assert.ok(toSign !== undefined || name === 'double-encode-path', 'the suite tells the string to sign')
    if (toSign !== undefined) assert.equal(explanation.stringToSign, toSign)
    assert.ok(explanation.stringToSign.endsWith(sha256(canonical)))
    assert.equal(explanation.signature, file('header-signature.txt')?.trim() ?? sent)
    const signed = signer.sign(request)
    assert.ok(signed.headers.authorization.endsWith(`Signature=${sent}`))
    counts.header += 1
  })

  if (context) {
    test(`${name}: in the query`, () => {
      const signer = createSigner(options)
      const expiresIn = context.expiration_in_seconds
      const url = signer.presign({
        method,
        url: request.url,
        headers,
        bodyHash: sha256(body),
        expiresIn,
      })
      const shown = url.slice(url.indexOf('?') + 1)
      const toSign = file('query-string-to-sign.txt')
      const canonical = file('query-canonical-request.txt')
      const signature = file('query-signature.txt').trim()
      assert.equal(/&X-Amz-Signature=(\w+)/.exec(shown)[1], signature)
      // The signature is over the suite's own texts: the string to sign, and in it the canonical request's hash.
      assert.equal(signer.signString(toSign), signature)
      assert.ok(toSign.endsWith(sha256(canonical)))
      const [, , query] = canonical.split('\n')
      assert.equal(shown.slice(0, query.length), query)
      const late = options.omitSessionToken
        ? `&X-Amz-Security-Token=${encodeURIComponent(options.sessionToken)}`
        : ''
      assert.equal(shown.slice(query.length), `&X-Amz-Signature=${signature}${late}`)
      counts.query += 1
    })
  }

  const target = query === '' ? path : `${path}?${query}`
  const parsed = new URL(`https://${host}${target}`)
  test(`${name}: as a URL`, () => {
    assert.equal(parsed.pathname + parsed.search !== target, name in NOT_AS_URL, 'NOT_AS_URL is exact')
    if (name in NOT_AS_URL) return
    const signed = createSigner(options).sign({
      ...request,
      url: `https://${host}${target}`,
    })
    const sent = /Signature=(\w{64})/.exec(file('header-signed-request.txt'))[1]
    assert.ok(signed.headers.authorization.endsWith(`Signature=${sent}`))
    counts.url += 1
  })
}

after(() => {
  const names = new Set(cases.map(({ name }) => name))
  for (const name of [...Object.keys(NOT_SIGNED), ...Object.keys(NOT_AS_URL), ...Object.keys(OLDER)]) {
    assert.ok(names.has(name), `${name} is a case of the suite`)
  }
  const expected = {
    header: 39,
    query: 37,
    url: 39 - Object.keys(NOT_AS_URL).length,
  }
  assert.deepEqual([cases.length, counts], [40, expected])
  console.log(
    `counted: official suite through the package: ${counts.header} cases in headers, ${counts.query} in the query, ` +
      `${counts.url} as URLs; refused: ${Object.keys(NOT_SIGNED).length}`,
  )
})
