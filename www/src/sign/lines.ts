// Explains every line of a canonical request and of a string to sign.

import { S3_SERVICES } from '../../../src/js/s3'
import { own } from '../model/json'

export interface ExplainedLine {
  text: string
  meaning: string
}

const HEADERS: Record<string, string> = {
  host: 'The host that is called; the browser sends it from the URL.',
  'x-amz-date': 'When it was signed, in UTC. API Gateway accepts it for 5 minutes.',
  'x-amz-security-token': 'Session token of temporary credentials. Shown by its length only.',
  'x-amz-region-set': 'The regions that the signature is for (SigV4a); * is all of them.',
  'x-api-key': 'API key. Shown by its length only.',
  'content-type': 'Content-Type, exactly as it is sent.',
  accept: 'Accept, exactly as it is sent.',
  'x-amz-content-sha256': 'The payload hash as a header; some services ask for it.',
}

/** @param scope the credential scope with the service: S3 has its own rule */
export function linesOfRequest(canonicalRequest: string, scope: string): ExplainedLine[] {
  const service = scope.split('/').at(-2) ?? ''
  const isS3 = S3_SERVICES.includes(service)
  const lines = canonicalRequest.split('\n')
  const last = lines.length - 1
  return lines.map((text, i) => ({ text, meaning: meaningOf(text, i, last, isS3) }))
}

function meaningOf(text: string, i: number, last: number, isS3: boolean): string {
  if (i === 0) return 'Method, upper case.'
  if (i === 1) return pathMeaning(text, isS3)
  if (i === 2) return queryMeaning(text)
  if (i === last) return payloadMeaning(text)
  if (i === last - 1) return 'Names of the signed headers, sorted. Others may change on the way.'
  if (i === last - 2) return 'Ends the list of headers.'
  const name = text.slice(0, text.indexOf(':'))
  return own(HEADERS, name) ?? 'Header: name in lower case, value without outer white space, sorted by name.'
}

function pathMeaning(path: string, isS3: boolean): string {
  if (path === '/') return 'Path; an empty one is written /.'
  if (isS3) return 'Path encoded only once, as S3 reads it: a %2F on the wire is a slash.'
  if (path.includes('%25')) return 'Path as it is on the wire, each segment encoded once more: % becomes %25.'
  return 'Path, each segment encoded once more than on the wire; nothing in it needs that.'
}

function queryMeaning(query: string): string {
  if (query === '') return 'Query: there is none.'
  if (query.includes('X-Amz-Algorithm='))
    return 'Query, sorted, with all parameters of the signature except the signature itself.'
  return 'Query, sorted by name and value, encoded after RFC 3986: a space is %20.'
}

function payloadMeaning(hash: string): string {
  if (hash === 'UNSIGNED-PAYLOAD') return 'The body is not part of the signature.'
  if (hash === 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    return 'SHA-256 of an empty body.'
  if (hash.startsWith('STREAMING-'))
    return 'The body is sent in chunks; this constant says how they are signed.'
  return 'SHA-256 of the body’s bytes.'
}

export function linesOfString(stringToSign: string): ExplainedLine[] {
  const isForRegions = stringToSign.startsWith('AWS4-ECDSA')
  const meanings = [
    isForRegions ? 'Algorithm: Signature Version 4A, for a set of regions.' : 'Algorithm.',
    'Time of the signature; the same as x-amz-date.',
    isForRegions
      ? 'Credential scope: day and service; the regions are in x-amz-region-set.'
      : 'Credential scope: day, region, service. It must match the API.',
    'SHA-256 of the canonical request of step 1.',
  ]
  return stringToSign.split('\n').map((text, i) => ({ text, meaning: meanings[i] ?? '' }))
}
