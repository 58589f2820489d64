// A refusal is understood once: the client acts on each form in which diagnose recognises it.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { diagnose, newClient } from 'gatesign'

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
