// Parses Bruno's files: blocks with lines of `name: value`, or with a text.

/** The content of each block, without its indentation. */
export function bruBlocks(source: string): ReadonlyMap<string, string> {
  const blocks = new Map<string, string>()
  let name = ''
  let lines: string[] = []
  let end = ''
  for (const line of source.split(/\r?\n/)) {
    if (name === '') {
      const [, begun, bracket] = /^([\w:-]+)\s*([{[])\s*$/.exec(line) ?? []
      if (begun === undefined) {
        // `vars:secret [a, b]` on one line.
        const [, short, inner] = /^([\w:-]+)\s*[[{](.*)[\]}]\s*$/.exec(line) ?? []
        if (short !== undefined) blocks.set(short, (inner ?? '').trim())
        continue
      }
      name = begun
      end = bracket === '[' ? ']' : '}'
      lines = []
    } else if (line.trimEnd() === end) {
      blocks.set(name, unindented(lines))
      name = ''
    } else lines.push(line)
  }
  return blocks
}

const unindented = (lines: string[]) => lines.map((line) => line.replace(/^ {1,2}/, '')).join('\n')

/** `~name: value` is switched off; `'''` starts a value of several lines. */
export function dictionary(block: string): { name: string; value: string; on: boolean }[] {
  const found: { name: string; value: string; on: boolean }[] = []
  const lines = block.split('\n')
  for (let i = 0; i < lines.length; i++) {
    const line = (lines[i] ?? '').trim()
    const [, off, quoted, plain, rest = ''] =
      /^(~?)(?:"((?:[^"\\]|\\.)*)"|([^:\s][^:]*)):(.*)$/.exec(line) ?? []
    const name = quoted?.replace(/\\"/g, '"') ?? plain
    if (name === undefined) continue
    let value = rest.trim()
    if (value.startsWith("'''")) {
      const inner: string[] = []
      const first = value.slice(3)
      if (first.endsWith("'''")) value = first.slice(0, -3)
      else {
        while (++i < lines.length && (lines[i] ?? '').trim() !== "'''")
          inner.push((lines[i] ?? '').replace(/^ {1,2}/, ''))
        value = inner.join('\n')
      }
    }
    found.push({ name: name.trim(), value, on: off !== '~' })
  }
  return found
}
