// What a diagnosis has beyond its kind: the server's clock, and a host that contradicts what was signed.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createSigner, diagnose } from 'gatesign'
import { ROWS } from './rows.mjs'

describe('serverTime', () => {
  for (const [name, message, time] of [
    [
      'a signature that has expired',
      'Signature expired: 20170212T175938Z is now earlier than 20170215T145534Z (20170215T150034Z - 5 min.)',
      '2017-02-15T15:00:34.000Z',
    ],
    [
      'a signature of the future',
      'Signature not yet current: 20170731T092200Z is still later than 20170731T092115Z (20170731T091615Z + 5 min.)',
      '2017-07-31T09:16:15.000Z',
    ],
    [
      'S3',
      '<Error><Code>RequestTimeTooSkewed</Code><RequestTime>20261128T100000Z</RequestTime><ServerTime>2026-11-28T11:00:00Z</ServerTime></Error>',
      '2026-11-28T11:00:00.000Z',
    ],
  ])
    test(name, () => {
      const { serverTime } = diagnose({ status: 403, headers: {}, body: message })
      assert.equal(serverTime?.toISOString(), time)
    })

  test('is absent where the answer tells none, and for other kinds', () => {
    assert.equal(
      diagnose({ status: 400, headers: { 'x-amzn-errortype': 'RequestExpired' }, body: '{}' }).serverTime,
      undefined,
    )
    for (const [kind, status, type, body] of ROWS) {
      if (status < 200 || /^(Signature(Expired|NotYetCurrent)|ClockSkew)$/.test(kind)) continue
      assert.equal(
        'serverTime' in diagnose({ status, headers: { 'x-amzn-errortype': type }, body }),
        false,
        kind,
      )
    }
  })
})

describe('a host that contradicts the signature comes first in the hint', () => {
  const signer = createSigner({
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'secret',
    region: 'ap-northeast-2',
    service: 'execute-api',
  })
  const explanation = signer.explain({ url: 'https://abc123.execute-api.us-east-1.amazonaws.com/prod' })
  const refusals = {
    SignatureDoesNotMatch: [
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided.',
    ],
    CredentialScope: [
      'InvalidSignatureException',
      "Credential should be scoped to a valid region, not 'ap-northeast-2'.",
    ],
  }
  for (const [kind, [type, message]] of Object.entries(refusals)) {
    const problem = { status: 403, headers: { 'x-amzn-errortype': type }, body: JSON.stringify({ message }) }
    test(kind, () => {
      const found = diagnose(problem, explanation)
      assert.equal(found.kind, kind)
      assert.match(found.hint, /us-east-1/)
      assert.ok(found.hint.startsWith(explanation.warning), found.hint)
      assert.doesNotMatch(diagnose(problem).hint, /us-east-1/)
    })
  }

  test('not where it cannot be the reason', () => {
    const expired = {
      status: 403,
      headers: {},
      body: '{"message":"The security token included in the request is expired"}',
    }
    assert.doesNotMatch(diagnose(expired, explanation).hint, /us-east-1/)
  })
})

describe('a key of another account', () => {
  const denied = (caller, resource) =>
    diagnose({
      status: 403,
      headers: { 'x-amzn-errortype': 'AccessDeniedException' },
      body: `{"Message":"User: ${caller} is not authorized to perform: execute-api:Invoke on resource: ${resource} because no identity-based policy allows the execute-api:Invoke action"}`,
    }).hint
  const API = 'arn:aws:execute-api:us-east-1:********2030:abc123/prod/GET/movies'

  test('is named by the last digits that AWS shows', () => {
    for (const caller of [
      'arn:aws:iam::123456789012:user/me',
      'arn:aws:sts::123456789012:assumed-role/role/me',
    ])
      assert.match(denied(caller, API), /account ends in 9012, the account of the API in 2030/)
  })

  test('is not named where it is the same one, or not told', () => {
    for (const caller of ['arn:aws:iam::111111112030:user/me', 'anonymous', 'arn:aws:iam::', '************'])
      assert.doesNotMatch(denied(caller, API), /account that ends/)
    assert.doesNotMatch(denied('arn:aws:iam::123456789012:user/me', '*'), /account that ends/)
  })
})
