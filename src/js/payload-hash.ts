// What a request itself says of its payload hash: the header that the service compares with the body, or the
// parameter of a presigned URL. It is the payload line of the signature, too.

import { mustBe } from './values.ts'

const NAME = 'x-amz-content-sha256'
export const UNSIGNED = 'UNSIGNED-PAYLOAD'
/** Https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
const FORM = /^([0-9a-f]{64}|UNSIGNED-PAYLOAD|STREAMING-[A-Z0-9-]+)$/i

/** The header alone, of a list of them: name, value, name, value, … */
export function hashHeader(headers: string[]) {
  const found = []
  for (let i = 0; i < headers.length; i += 2) {
    if (headers[i].toLowerCase() === NAME) found.push(headers[i], headers[i + 1])
  }
  return found
}

/**
 * The payload hash that a request names; undefined if it names none.
 *
 * @param headers name, value, name, value, …
 * @param bodyHash what the caller says next to it, of this request
 * @param signPayload and of all of them
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
  // Reading a query takes as long as a third of a signature.
  if (/sha256/i.test(query)) {
    for (const [name, value] of new URLSearchParams(query)) {
      if (name.toLowerCase() === NAME) named.push([`url's ${name}`, value])
    }
  }
  // The query first: a client's header may have been written from it.
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
  // The hash of one request may be another than all of them have.
  if (!bodyHash && signPayload !== undefined && /UNSIGNED/i.test(first[1]) === signPayload) {
    throw contradiction(first, ['signPayload', signPayload])
  }
  return first[1]
}

/**
 * Checks what a client's request says in its query: only when it is made its variables and parameters are one text.
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
