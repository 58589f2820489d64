// Hints from the refused call itself: the error has its URL and says whether it was signed.

import type { Diagnosis } from '../../pkg-template/index.d.ts'
import { fieldsOf } from './answer.ts'

/** One sentence; empty if the call shows nothing, or is not known. */
export function seenIn(kind: Diagnosis['kind'], problem: unknown): string {
  const { url, headers } = fieldsOf(fieldsOf(problem).config)
  if (typeof url !== 'string' || typeof headers !== 'object' || headers === null) return ''
  if (kind === 'InvalidClientTokenId') {
    return 'x-amz-security-token' in headers
      ? 'A session token was sent: it may belong to another access key.'
      : 'No session token was sent.'
  }
  if (kind !== 'MissingAuthenticationToken') return ''
  const path = url.replace(/^[a-z]+:\/\/[^/?#]*/, '').split(/[?#]/)[0] ?? ''
  const found = SHOWS.find(([form]) => form.test(path))
  if (found) return found[1]
  return 'authorization' in headers
    ? 'This call was signed.'
    : 'This call was not signed: the client has no credentials.'
}

/** What a path shows; the first that it has. */
const SHOWS: [RegExp, string][] = [
  [/https?:|https?%3A/i, 'Its path contains a whole URL: pathTemplate is appended to invokeUrl.'],
  [/\{|%7B/i, 'Its path contains a variable without a value.'],
  [/\/:[a-z]|\/%3A[a-z]/i, 'Its path contains a variable written :name; templates use {name}.'],
  [/\/\/|\/undefined(?:\/|$)|\/null(?:\/|$)/, 'Its path has an empty segment: a variable was empty.'],
  [/^\/?$/, 'Its path is empty: the stage is missing.'],
]
