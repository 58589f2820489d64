// How the module's answers are read: texts in a known order. src/boundary/ says which.

/**
 * Reads a count and as many pairs.
 *
 * @param {string[]} fields
 * @param {number} at where the count is
 * @returns {{ headers: Record<string, string>, next: number }}
 */
export function readHeaders(fields, at) {
  const next = at + 1 + 2 * Number(fields[at])
  /** @type {Record<string, string>} */
  const headers = {}
  for (let i = at + 1; i < next; i += 2) headers[fields[i]] = fields[i + 1]
  return { headers, next }
}

/**
 * @param {string[]} fields
 * @param {number} at where the explanation begins
 */
export function readExplanation(fields, at) {
  return {
    canonicalRequest: fields[at],
    stringToSign: fields[at + 1],
    credentialScope: fields[at + 2],
    signedHeaders: fields[at + 3],
    payloadHash: fields[at + 4],
    signature: fields[at + 5],
    amzDate: fields[at + 6],
  }
}
