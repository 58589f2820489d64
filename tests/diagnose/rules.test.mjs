// Every rule with the texts that AWS sends.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { diagnose } from 'gatesign'
import { problemOf, ROWS } from './rows.mjs'

describe('every known refusal', () => {
  for (const row of ROWS) {
    test(`${row[0]}: ${row.slice(1).filter(Boolean).join(' ').slice(0, 100)}`, () => {
      const { kind, summary, hint, diff, server } = diagnose(problemOf(row))
      assert.equal(kind, row[0])
      assert.ok(summary !== '' && hint !== '')
      assert.deepEqual([diff, server], [undefined, undefined])
    })
  }
})

test('every rule has a case', () => {
  const rules = readFileSync(new URL('../../src/diagnose/rules.txt', import.meta.url), 'utf8')
  const paragraphs = rules
    .trimEnd()
    .split('\n\n')
    .map((rule) => rule.split('\n'))
  assert.ok(paragraphs.length > 40)
  const summaries = new Set(ROWS.map((row) => diagnose(problemOf(row)).summary))
  for (const [kind, signs, summary, hint, ...more] of paragraphs) {
    assert.ok(signs && hint && more.length === 0, `${kind} has four lines`)
    assert.ok(summaries.has(summary) || kind === 'AccessDenied', `${kind} has a case: ${summary}`)
  }
})

const WHO = 'User: arn:aws:iam::123456789012:user/u is not authorized to perform:'
const ARN = 'arn:aws:execute-api:us-east-1:123456789012:abc123/prod/GET/x'

describe('a denial', () => {
  const sentence = `User: arn:aws:sts::123456789012:assumed-role/R/S is not authorized to perform: execute-api:Invoke on resource: ${ARN} with an explicit deny`

  test('says who may not do what', () => {
    assert.equal(diagnose({ status: 403, body: { Message: sentence } }).summary, sentence)
    // What else is in a log line is no part of it.
    for (const after of [
      '", "x-amz-security-token": "canary"',
      '\\n x-api-key:canary',
      '\nx-api-key:canary',
      '</Message>canary',
    ]) {
      assert.equal(diagnose(`ERROR ${sentence}${after}`).summary, sentence)
    }
  })

  const policy = 'arn:aws:organizations::1:policy/o-1/service_control_policy/p-1'
  const url = 'https://console.aws.amazon.com/iam/authorization-details/d-1'
  for (const [rest, parts] of [
    [
      `execute-api:Invoke on resource: ${ARN} with an explicit deny in a resource-based policy`,
      { action: 'execute-api:Invoke', resource: ARN, policyType: 'resource-based' },
    ],
    [
      `execute-api:Invoke on resource: ${ARN} with an explicit deny in an identity-based policy: ${policy}`,
      { action: 'execute-api:Invoke', resource: ARN, policyType: 'identity-based', policy },
    ],
    [
      `vpc-lattice-svcs:Invoke on resource: ${ARN} because no VPC endpoint policy allows the vpc-lattice-svcs:Invoke action`,
      { action: 'vpc-lattice-svcs:Invoke', resource: ARN, policyType: 'VPC endpoint' },
    ],
    [
      `execute-api:Invoke on resource: ${ARN} with an explicit deny in a service control policy. Go to ${url} for complete details, or call the GetRequestAuthorizationDetails API with the following authorization id: d-1`,
      {
        action: 'execute-api:Invoke',
        resource: ARN,
        policyType: 'service control',
        authorizationId: 'd-1',
        url,
      },
    ],
    ['execute-api:Invoke', { action: 'execute-api:Invoke' }],
  ]) {
    test(`has its parts: ${rest.slice(0, 60)} … ${rest.slice(-40)}`, () => {
      const { kind, summary, hint, ...told } = diagnose({ status: 403, body: { message: `${WHO} ${rest}` } })
      assert.deepEqual([kind, told], ['AccessDenied', parts])
      const isExplicit = rest.includes('explicit deny')
      assert.deepEqual(
        [hint.includes('explicit Deny'), hint.includes(parts.action)],
        [isExplicit, !isExplicit],
      )
    })
  }
})

test('advice on CORS is for browsers', () => {
  for (const [message, expected] of [
    ['Failed to fetch', true],
    ['Load failed', true],
    ['NetworkError when attempting to fetch resource.', true],
    ['fetch failed', false],
  ]) {
    assert.equal(diagnose({ message }).hint.includes('OPTIONS'), expected, message)
  }
})
