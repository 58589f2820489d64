// The tables for users of aws4 and aws4fetch in MIGRATION.md: what is named there as the same gives the same
// signature. tests/lib/dropin-*.mjs has the rows for aws-api-gateway-client.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import aws4 from 'aws4'
import { AwsClient } from 'aws4fetch'
import { createSigner } from 'gatesign'

const AMZ_DATE = '20130524T000000Z'
const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const TOKEN = { ...KEYS, sessionToken: 'token/EXAMPLE+1==' }
const SCOPE = { region: 'eu-central-1', service: 'execute-api' }
const host = 'abc123.execute-api.eu-central-1.amazonaws.com'

/** A URL in a form in which two of them can be compared: the order of the query says nothing. */
function parts(text) {
  const { origin, pathname, searchParams } = new URL(text)
  return [origin + pathname, ...[...searchParams].map(String).sort()]
}

describe('from aws4', () => {
  for (const [name, identity, path, headers] of [
    ['static credentials', KEYS, '/prod/pets?a=1&b=%20', {}],
    [
      'a session token and headers',
      TOKEN,
      '/prod/pets/7',
      { 'content-type': 'application/json', 'x-a': ' 1  2 ' },
    ],
  ]) {
    test(`sign: ${name}`, () => {
      const body = '{"a":1}'
      const theirs = aws4.sign(
        { host, path, method: 'POST', body, ...SCOPE, headers: { ...headers, 'X-Amz-Date': AMZ_DATE } },
        identity,
      )
      const { Authorization, ...sent } = theirs.headers
      const ours = createSigner({ ...identity, ...SCOPE }).sign({
        method: 'POST',
        url: `https://${host}${path}`,
        headers: sent,
        body,
        date: AMZ_DATE,
      })
      assert.equal(ours.headers.authorization, Authorization)
    })

    test(`signQuery: ${name}`, () => {
      const query = `X-Amz-Date=${AMZ_DATE}&X-Amz-Expires=60`
      const theirs = aws4.sign(
        { host, path: `/prod/pets?${query}`, method: 'GET', signQuery: true, ...SCOPE },
        identity,
      )
      const ours = createSigner({ ...identity, ...SCOPE }).presign({
        url: `https://${host}/prod/pets`,
        expiresIn: 60,
        date: AMZ_DATE,
      })
      assert.deepEqual(parts(ours), parts(`https://${host}${theirs.path}`))
    })
  }
})

describe('from aws4fetch', () => {
  const url = `https://${host}/prod/a%20b/ü?b=2&a=1`
  const headers = { 'content-type': 'text/plain', 'x-a': '1' }
  const body = 'text'
  for (const [name, identity, theirRules, ourRules] of [
    ['datetime, allHeaders', KEYS, {}, {}],
    ['a session token', TOKEN, {}, {}],
    ['appendSessionToken', TOKEN, { appendSessionToken: true }, { omitSessionToken: true }],
    ['singleEncode', KEYS, { singleEncode: true }, { doubleEncodePath: false }],
  ]) {
    test(`sign: ${name}`, async () => {
      const aws = { datetime: AMZ_DATE, allHeaders: true, ...theirRules }
      const theirs = await new AwsClient({ ...identity, ...SCOPE }).sign(url, {
        method: 'PUT',
        headers,
        body,
        aws,
      })
      const ours = createSigner({ ...identity, ...SCOPE, ...ourRules }).sign({
        ...{ method: 'PUT', url, headers, body, date: AMZ_DATE },
      })
      assert.equal(ours.url, theirs.url)
      assert.equal(ours.headers.authorization, theirs.headers.get('authorization'))
      // With appendSessionToken aws4fetch leaves the token out of the headers altogether.
      assert.equal(ours.headers['x-amz-security-token'], identity.sessionToken)
    })

    test(`signQuery: ${name}`, async () => {
      const aws = { datetime: AMZ_DATE, signQuery: true, ...theirRules }
      const theirs = await new AwsClient({ ...identity, ...SCOPE }).sign(`${url}&X-Amz-Expires=60`, { aws })
      const signer = createSigner({ ...identity, ...SCOPE, ...ourRules })
      assert.deepEqual(parts(signer.presign({ url, expiresIn: 60, date: AMZ_DATE })), parts(theirs.url))
    })
  }
})
