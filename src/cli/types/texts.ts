// Writes names and comments from a document into a TypeScript file.

/** A string literal or a member's quoted name, without control characters and line separators. */
export function quoted(name: string): string {
  const escaped = JSON.stringify(name).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  const code = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  return `'${escaped.replace(/\p{Cc}|\p{Zl}|\p{Zp}/gu, code)}'`
}

/** A name, without quotes if it needs none, as formatters write it. */
export const member = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name))

/** The maximum length of a description in characters. */
const LONGEST = 200

/** A comment before a member, or nothing. */
export function comment(text: string, indent: string): string {
  const words = text
    .slice(0, 2 * LONGEST)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll('*/', '*\\/')
    .trim()
  const cut = words.length > LONGEST ? `${words.slice(0, LONGEST).trimEnd()}…` : words
  return cut === '' ? '' : `${indent}/** ${cut.replace(/\\$/, '')} */\n`
}
