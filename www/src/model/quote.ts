// Quotes texts for other languages: one function for each, used by everything that writes code. Any text stays one
// string and runs nothing.

/** One word of a command line, for sh, bash and zsh. */
export const inShell = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

/** The same, but without quotes if no character has a meaning to a shell. */
export const shellWord = (text: string) => (/^[\w./:=@%+,-]+$/.test(text) ? text : inShell(text))

/** A string of JavaScript. */
export const inJavaScript = (text: string) =>
  `'${escaped(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`

/** The name of a property. It is computed for `__proto__`, which would otherwise set the prototype. */
export function asProperty(name: string): string {
  if (name === '__proto__') return "['__proto__']"
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : inJavaScript(name)
}

/** A string of Python, which has the escapes of JSON; JSON escapes only lone surrogates. */
export const inPython = (text: string) => `'${escaped(text)}'`

/** A string of YAML in double quotes, so that it is never read as a number, date or boolean. */
export const inYaml = (text: string) =>
  JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** A string in single quotes, for both JavaScript and Python. */
const escaped = (text: string) =>
  JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
