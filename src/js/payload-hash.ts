// The payload hash that a request itself contains: in the header that the service compares with the body, or in the
// parameter of a presigned URL. It is also the payload line of the signature.

import { mustBe } from './values.ts'

const NAME = 'x-amz-content-sha256'
export const UNSIGNED = 'UNSIGNED-PAYLOAD'
/** https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
const FORM = /^([0-9a-f]{64}|UNSIGNED-PAYLOAD|STREAMING-[A-Z0-9-]+)$/i

/** Only this header from a list of headers: name, value, name, value, … */
export function hashHeader(headers: string[]) {
  const found = []
  for (let i = 0; i < headers.length; i += 2) {
    if (headers[i].toLowerCase() === NAME) found.push(headers[i], headers[i + 1])
  }
  return found
}

/**
 * The payload hash that a request contains; undefined if there is none.
 *
 * @param headers name, value, name, value, …
 * @param bodyHash the caller's `bodyHash` for this request
 * @param signPayload the signer's option for all requests
 */
export function namedHash(
  headers: string[],
  query: string,
  bodyHash: string,
  signPayload: boolean | undefined,
) {
  const named: [name: string, value: string][] = []
  const [name, value, again] = hashHeader(headers)
  if (again !== undefined) throw new TypeError(`headers must have ${NAME} once`)
  if (name !== undefined) named.push([`headers[${JSON.stringify(name)}]`, value.trim()])
  // Reading a query takes a third of the time of a signature.
  if (/sha256/i.test(query)) {
    for (const [name, value] of new URLSearchParams(query)) {
      if (name.toLowerCase() === NAME) named.push([`url's ${name}`, value])
    }
  }
  // The query comes first: a client's header may have been written from it.
  for (const [name, value] of named.slice().reverse()) {
    if (!FORM.test(value)) {
      throw mustBe(
        name,
        'a SHA-256 in hexadecimal digits, UNSIGNED-PAYLOAD or a STREAMING constant',
        value,
        true,
      )
    }
  }
  if (bodyHash) named.push(['bodyHash', bodyHash])
  const [first, ...others] = named
  if (!first) return
  for (const other of others) {
    if (other[1].toLowerCase() !== first[1].toLowerCase()) throw contradiction(first, other)
  }
  // One request may have a hash that differs from the option for all requests.
  if (!bodyHash && signPayload !== undefined && /UNSIGNED/i.test(first[1]) === signPayload) {
    throw contradiction(first, ['signPayload', signPayload])
  }
  return first[1]
}

/**
 * Checks the query of a client's request. This is possible only after the request is made from its variables and
 * parameters.
 */
export function checkQuery(
  url: string,
  headers: string[] | Record<string, string>,
  signPayload: boolean | undefined,
) {
  if (!/sha256/i.test(url)) return
  const pairs = Array.isArray(headers) ? headers : Object.entries(headers).flat()
  namedHash(pairs, new URL(url).search, '', signPayload)
}

const contradiction = (
  [name, value]: [name: string, value: string],
  [otherName, otherValue]: [name: string, value: string | boolean],
) =>
  new TypeError(
    `${name} must not contradict ${otherName}; got ${JSON.stringify(value)} and ${JSON.stringify(otherValue)}`,
  )
