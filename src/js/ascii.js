// Encodes bytes as printable ASCII that compresses well, to embed a module in a script. The charset of a page does not
// change it, and it cannot end a string, a template literal or an HTML script. xtask/bundle.mjs imports this file to
// encode with the same table. It is JavaScript, because the Node 20 that builds the package does not run TypeScript.
//
// Most characters stand for themselves, so texts in the module stay readable and compressors find their words. Equal
// bytes become equal text, which is not so with base64. docs/measurements.md has the sizes of other encodings.

/** These end or escape something: a string, a template literal, `</script`. */
const UNUSED = '"$<\\`'

/** The nth of these characters, which are rare in modules, stands for the byte n, which is frequent. */
const RARE = 'GHJKLNOPQUVWXYZ!#%&;=@[]^{|*'

/** Each forms a pair with the character after it, for the bytes that have no single character. */
const PREFIXES = '}~'

const FIRST_PREFIX = 125

/**
 * The table for encoding and decoding.
 *
 * @returns {string[]} the one or two characters of each byte
 */
export function codes() {
  // Printable ASCII: from the space on.
  const characters = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i))
  const used = characters.filter((character) => !UNUSED.includes(character))
  /** @type {string[]} */
  const list = []
  for (const character of used) {
    const rare = RARE.indexOf(character)
    if (!PREFIXES.includes(character)) list[rare < 0 ? character.charCodeAt(0) : rare] = character
  }
  let pairs = 0
  for (let byte = 0; byte < 256; byte += 1) {
    if (list[byte]) continue
    list[byte] = PREFIXES[Math.floor(pairs / used.length)] + used[pairs % used.length]
    pairs += 1
  }
  return list
}

/**
 * @param {string} text the encoded bytes
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function decode(text) {
  const table = new Uint8Array(128 * 128)
  for (const [byte, code] of codes().entries()) {
    const [first, second] = [code.charCodeAt(0), code.charCodeAt(1)]
    table[code.length > 1 ? 128 * first + second : first] = byte
  }
  const bytes = new Uint8Array(text.length)
  let length = 0
  let prefix = 0
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (prefix === 0 && code >= FIRST_PREFIX) {
      prefix = code
    } else {
      bytes[length] = table[128 * prefix + code]
      length += 1
      prefix = 0
    }
  }
  return bytes.subarray(0, length)
}
