// Texts as words of other languages: one function for each, used by everything that writes code. Whatever
// is in the text, it stays one string and runs nothing.

/** One word of a command line, for sh, bash and zsh. */
export const inShell = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

/** The same, and bare where nothing in it means anything to a shell. */
export const shellWord = (text: string) => (/^[\w./:=@%+,-]+$/.test(text) ? text : inShell(text))

/** A string of JavaScript. */
export const inJavaScript = (text: string) =>
  `'${escaped(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`

/** The name of a property. `__proto__` in a literal sets the prototype, unless it is computed. */
export function asProperty(name: string): string {
  if (name === '__proto__') return "['__proto__']"
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : inJavaScript(name)
}

/** A string of Python: its escapes are those of JSON, which writes surrogates only where they stand alone. */
export const inPython = (text: string) => `'${escaped(text)}'`

/** A string of YAML, in double quotes: whatever it looks like, it is no number, no date, no truth value. */
export const inYaml = (text: string) =>
  JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** Between single quotes, as JavaScript and Python have them in common. */
const escaped = (text: string) =>
  JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
