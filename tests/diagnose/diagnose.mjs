// What the tests of diagnose share: a gateway, a client of it, and the check that no secret is shown.

import assert from 'node:assert/strict'
import { newClient } from 'gatesign'
import { API_KEY, LONG_LIVED, REGION } from '../lib/gateway.mjs'
import { gatewayForTests } from '../lib/gateway-for-tests.mjs'

export const DENIED = { accessKey: 'AKIDEXAMPLEDENIED', secretKey: 'denied/wJalrXUtnFEMI+K7MDENG/EXAMPLEKEY' }
export const TEMPORARY = {
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

export const gateway = await gatewayForTests()
export const client = (config) =>
  newClient({ invokeUrl: `${gateway.url}/stage`, region: REGION, ...LONG_LIVED, ...config })

/** What a call rejects with. */
export async function rejection(call) {
  const error = await call.then(
    () => assert.fail('the call was not refused'),
    (error) => error,
  )
  assert.ok(!(error instanceof assert.AssertionError), error)
  return error
}

/** A diagnosis, which says something and shows no secret. */
export function checked(diagnosis) {
  assert.ok(diagnosis.summary.length > 20 && diagnosis.hint.length > 10, JSON.stringify(diagnosis))
  const shown = JSON.stringify(diagnosis)
  for (const secret of SECRETS.flatMap((secret) => [secret, encodeURIComponent(secret)])) {
    assert.ok(!shown.includes(secret), 'a secret is shown')
  }
  return diagnosis
}
