// Bytes as printable ASCII that compresses: how a module stands in a script. No charset of a page changes it,
// and no string, template literal or HTML parser ends in it. xtask/bundle.mjs encodes with the same table, and imports
// it: JavaScript, because the Node 20 that builds the package runs no TypeScript.
//
// What stands for itself keeps texts in the module readable, so compressors find their words; equal bytes are
// equal text, which base64 hides. docs/measurements.md has the sizes of other ways.

/** They end or escape something: a string, a template literal, `</script`. */
const UNUSED = '"$<\\`'

/** The nth of these, which are rare in modules, is the byte n, which is frequent. */
const RARE = 'GHJKLNOPQUVWXYZ!#%&;=@[]^{|*'

/** Each makes a pair with the character after it, for the bytes that no character is left for. */
const PREFIXES = '}~'

const FIRST_PREFIX = 125

/**
 * The table of both directions.
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
 * @param {string} text what bytes were written as
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
