// Names of options that are nearly right. Unknown ones stay silent: code that was written for other versions and
// other packages passes some.

/** Other packages' names for the same. */
const OTHERS = new Map([
  ['accesskeyid', 'accessKey'],
  ['secretaccesskey', 'secretKey'],
  ['header', 'headers'],
  ['queryparam', 'queryParams'],
  ['retry', 'retries'],
])

/** Without them a call goes unsigned, or nowhere. */
const NEEDED = ['accessKey', 'secretKey', 'sessionToken', 'invokeUrl']

/**
 * @param of whose options they are
 * @param names those that it has
 * @throws {TypeError} for a name that stands for a credential or invokeUrl; of others the console is told
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
