// How texts cross into the module and back: many in one string, NUL between them. fields.rs is the
// counterpart.

/**
 * @param {(string | number)[]} fields
 * @returns {string}
 */
export function pack(fields) {
  const text = fields.join('\0')
  // A lone surrogate has no UTF-8: it would arrive as another character and be signed as that.
  if (!isWellFormed(text)) {
    throw new TypeError(
      'the arguments must not contain a lone surrogate (half of a character outside the BMP)',
    )
  }
  let separators = 0
  for (let at = text.indexOf('\0'); at >= 0; at = text.indexOf('\0', at + 1)) separators += 1
  if (separators === fields.length - 1) return `0\0${text}`
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is escaped
  return `1\0${fields.map((field) => String(field).replace(/[\0\x01]/g, escapeControl)).join('\0')}`
}

const escapeControl = (/** @type {string} */ c) => (c === '\0' ? '\x01a' : '\x01b')

const isWellFormed =
  typeof String.prototype.isWellFormed === 'function'
    ? (/** @type {string} */ text) => text.isWellFormed()
    : (/** @type {string} */ text) => !/\p{Surrogate}/u.test(text)

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
