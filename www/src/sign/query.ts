// The steps to a signature in the query, taken from the signed URL itself and proved by signing again.

import type { Signer } from 'gatesign'
import { type Explained, hashOf, type Wire } from './wire'

/**
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function explainQuery(wire: Wire, signer: Signer): Explained {
  const url = new URL(wire.url)
  const value = (name: string) => url.searchParams.get(name) ?? ''
  const amzDate = value('X-Amz-Date')
  const signedHeaders = value('X-Amz-SignedHeaders')
  const credentialScope = value('X-Amz-Credential').split('/').slice(1).join('/')
  const payloadHash = hashOf(wire.body ?? '')
  const unsigned = wire.url.replace(/[?&]X-Amz-Signature=[0-9a-f]+/, '')
  // Method, path and query are canonical in the same way as those of a signature in the headers.
  const [method, path, query] = signer
    .explain({ method: wire.method, url: unsigned.replace(/^ws/, 'http'), date: amzDate })
    .canonicalRequest.split('\n')
  const canonical = (query: string) =>
    [method, path, query, `host:${url.host}`, '', signedHeaders, payloadHash].join('\n')
  const fullQuery = unsigned.slice(unsigned.indexOf('?') + 1)
  const full = canonical(sortedQuery(fullQuery))
  const stringToSign = ['AWS4-HMAC-SHA256', amzDate, credentialScope, hashOf(full)].join('\n')
  const signature = signer.signString(stringToSign, amzDate)
  return {
    canonicalRequest: canonical(query ?? ''),
    stringToSign,
    credentialScope,
    signedHeaders,
    payloadHash,
    signature,
    amzDate,
    proved: signature === value('X-Amz-Signature'),
  }
}

/** The package writes every parameter canonically; only their order is still the caller's. */
function sortedQuery(query: string): string {
  return query
    .split('&')
    .map((part) => (part.includes('=') ? part : `${part}=`))
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .join('&')
}
