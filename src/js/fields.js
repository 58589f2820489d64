// How the module's answers are read: texts in a known order. src/boundary/ says which.

import { warningOf } from './host.js'

/**
 * Reads a count and as many pairs.
 *
 * @param {string[]} fields
 * @param {number} at where the count is
 * @returns {Record<string, string>}
 */
export function readHeaders(fields, at) {
  const end = at + 1 + 2 * Number(fields[at])
  /** @type {Record<string, string>} */
  const headers = {}
  for (let i = at + 1; i < end; i += 2) headers[fields[i]] = fields[i + 1]
  return headers
}

/** What else a request says, in one digit: `Flags` in src/boundary.rs. */
export const requestFlags = (
  /** @type {boolean} */ explain,
  /** @type {boolean} */ isDigest,
  /** @type {boolean} */ writesUrl,
) => String(Number(explain) + 2 * Number(isDigest) + 4 * Number(writesUrl))

/** The explanation at the end of an answer. */
export function readExplanation(/** @type {string[]} */ fields) {
  const [canonicalRequest, stringToSign, credentialScope, signedHeaders, payloadHash, signature, amzDate] =
    fields.slice(-7)
  const signed = {
    canonicalRequest,
    stringToSign,
    credentialScope,
    signedHeaders,
    payloadHash,
    signature,
    amzDate,
  }
  const warning = warningOf(signed)
  return warning ? { ...signed, warning } : signed
}
