// Detects misspelled options. Other unknown options are ignored: code for other versions and packages passes some.

/** The names of these options in other packages. */
const OTHERS = new Map([
  ['accesskeyid', 'accessKey'],
  ['secretaccesskey', 'secretKey'],
  ['header', 'headers'],
  ['queryparam', 'queryParams'],
  ['retry', 'retries'],
])

/** The options without which a call is not signed, or has no URL. */
const NEEDED = ['accessKey', 'secretKey', 'sessionToken', 'invokeUrl']

/**
 * @param of whose options they are
 * @param names the options that exist
 * @throws {TypeError} for a name that stands for a credential or invokeUrl; for others the console gets a warning
 */
export function checkNames(of: string, options: object, names: readonly string[]) {
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue
    const plain = name.toLowerCase().replaceAll(/[-_]/g, '')
    const right = names.find((other) => other.toLowerCase() === plain) ?? OTHERS.get(plain) ?? ''
    if (!names.includes(right) || right in options) continue
    const text = `${name} is not an option of ${of}: it is called ${right}`
    if (NEEDED.includes(right)) throw new TypeError(text)
    console.warn(`gatesign: ${text}`)
  }
}
