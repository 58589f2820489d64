// Decodes bash's `$'…'`.
//
// https://www.gnu.org/software/bash/manual/html_node/ANSI_002dC-Quoting.html

import { Unfinished } from './command'

const PLAIN: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['a', '\x07'],
  ['b', '\b'],
  ['e', '\x1b'],
  ['E', '\x1b'],
  ['f', '\f'],
  ['v', '\v'],
])

/**
 * @param begin the index after `$'`
 * @returns the text, and the index after the closing quote
 */
export function ansiQuoted(text: string, begin: number): { value: string; end: number } {
  let at = begin
  let out = ''
  // Octal and \x are bytes, several of which may form one character.
  let bytes: number[] = []
  const flush = () => {
    if (bytes.length > 0) out += new TextDecoder().decode(new Uint8Array(bytes))
    bytes = []
  }
  const take = (pattern: RegExp) => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found) at += found[0].length
    return found
  }
  for (;;) {
    const c = text.charAt(at++)
    if (c === '') throw new Unfinished("a quote ($') has no end")
    if (c === "'") {
      flush()
      return { value: out, end: at }
    }
    const byte = c === '\\' ? take(/x([0-9a-fA-F]{1,2})|([0-7]{1,3})/y) : null
    if (byte) {
      bytes.push(byte[1] ? Number.parseInt(byte[1], 16) : Number.parseInt(byte[2] ?? '0', 8) & 0xff)
      continue
    }
    flush()
    if (c !== '\\') {
      out += c
      continue
    }
    const code = take(/u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})/y)
    if (code) out += character(Number.parseInt(code[1] ?? code[2] ?? '', 16))
    else {
      const next = text.charAt(at++)
      out += PLAIN.get(next) ?? (/[\\'"?]/.test(next) ? next : `\\${next}`)
    }
  }
}

/** Escaped halves of a surrogate pair are joined in the string. */
function character(point: number): string {
  if (point > 0x10ffff) return '\ufffd'
  return point < 0x10000 ? String.fromCharCode(point) : String.fromCodePoint(point)
}
