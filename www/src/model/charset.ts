// The charset of an answer, from its Content-Type or its first bytes.

/** https://encoding.spec.whatwg.org/#bom-sniff: a byte order mark wins. */
const MARKS: readonly (readonly [number[], string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xfe, 0xff], 'utf-16be'],
  [[0xff, 0xfe], 'utf-16le'],
]

/** @returns a name that TextDecoder accepts; UTF-8 if none is specified, or if it is unknown */
export function charsetOf(contentType: string, head: Uint8Array = new Uint8Array()): string {
  const mark = MARKS.find(([bytes]) => bytes.every((byte, i) => head[i] === byte))
  if (mark) return mark[1]
  const [, name = 'utf-8'] = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType) ?? []
  try {
    return new TextDecoder(name).encoding
  } catch {
    return 'utf-8'
  }
}
