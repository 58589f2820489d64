// AWS SDK v3 clients that sign with gatesign/smithy.

import assert from 'node:assert/strict'
import { SignatureV4 } from 'gatesign/smithy'

export const REGION = 'us-east-1'

/** Tells how many requests it signed, so that no test passes with the SDK's own signer. */
class Counted extends SignatureV4 {
  static signed = 0
  async sign(...given) {
    Counted.signed += 1
    return super.sign(...given)
  }
}

/** The two options by which a client takes a signer. */
export const WAYS = {
  signerConstructor: () => ({ signerConstructor: Counted }),
  signer: (credentials, service) => ({
    signer: new Counted({ credentials, region: REGION, service, uriEscapePath: service !== 's3' }),
  }),
}

export function client(Client, url, credentials, service, way = 'signerConstructor') {
  return new Client({
    endpoint: url,
    region: REGION,
    credentials,
    maxAttempts: 1,
    ...(service === 's3' ? { forcePathStyle: true } : {}),
    ...WAYS[way](credentials, service),
  })
}

/** What `call` gives, once it has signed `count` requests with our signer. */
export async function signedBy(count, call) {
  const before = Counted.signed
  const result = await call()
  assert.equal(Counted.signed - before, count, 'requests that went through our signer')
  return result
}
