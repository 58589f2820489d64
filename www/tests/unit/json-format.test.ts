import { describe, expect, it } from 'vitest'
import { formatted, placeOf } from '../../src/model/json-format'

describe('only white space changes', () => {
  it.each([
    [
      '{"big": 12345678901234567890, "f": 1.0, "dup": 1, "dup": 2}',
      '{\n  "big": 12345678901234567890,\n  "f": 1.0,\n  "dup": 1,\n  "dup": 2\n}',
    ],
    ['{"n": {{num}}}', '{\n  "n": {{num}}\n}'],
    ['[{{a}},"{{b}}",-{{c}},1e{{d}}{{e}}]', '[\n  {{a}},\n  "{{b}}",\n  -{{c}},\n  1e{{d}}{{e}}\n]'],
    ['{{{name}}:1,"b":{ \n }}', '{\n  {{name}}: 1,\n  "b": {}\n}'],
    ['{{all}}', '{{all}}'],
    ['[1E+2, -0, 0.10, "\\u00e9\\/"]', '[\n  1E+2,\n  -0,\n  0.10,\n  "\\u00e9\\/"\n]'],
    ['{"a b": "x  y", "__proto__": []}', '{\n  "a b": "x  y",\n  "__proto__": []\n}'],
  ])('%s', (text, expected) => expect(formatted(text)).toBe(expected))
})

it.each([
  '',
  '{',
  '{"a":}',
  '[1,]',
  '{"a":1 "b":2}',
  "{'a':1}",
  '{"n": {num}}',
  '{"n": {{"a":1}}}',
  'nul',
  '[1] 2',
])('refuses %j and leaves it alone', (text) => expect(() => formatted(text)).toThrow())

it('names the place', () => expect(placeOf('{\n "a": x', 9)).toBe('line 2, column 8'))

it('ends where it is nested too deeply', () => {
  expect(formatted(`${'['.repeat(400)}${']'.repeat(400)}`)).toContain('[')
  expect(() => formatted('['.repeat(100_000) + ']'.repeat(100_000))).toThrow('deeper than 500')
})

/** mulberry32 */
function random(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % below
  }
}

it('random texts mean the same, token by token, and stay as they are the second time', () => {
  for (let seed = 1; seed <= 3_000; seed++) {
    const below = random(seed)
    const pick = <T>(items: T[]) => items[below(items.length)] as T
    const space = () => pick(['', '', ' ', '\n', '\t \r\n'])
    const string = () =>
      JSON.stringify(pick(['', 'a', 'dup', '"\\', '{{x}}', '{ [', ' , :', '\u2028é🎬', '__proto__']))
    const value = (depth: number): string => {
      const kind = below(depth > 4 ? 6 : 9)
      if (kind < 2) return string()
      if (kind < 5) return pick(['0', '-0', '1.0', '12345678901234567890', '1e400', '0.1E-7', 'true', 'null'])
      if (kind === 5) return pick(['{{n}}', '"x"', '{{a b}}', '-{{n}}'])
      const items = Array.from({ length: below(4) }, () =>
        kind === 6 ? value(depth + 1) : `${string()}${space()}:${space()}${value(depth + 1)}`,
      )
      const inner = items.map((item) => `${space()}${item}${space()}`).join(',') || space()
      return kind === 6 ? `[${inner}]` : `{${inner}}`
    }
    const text = `${space()}${value(0)}${space()}`
    const out = formatted(text)
    expect(tokens(out), text).toEqual(tokens(text))
    expect(formatted(out)).toBe(out)
    if (!/(?<!")\{\{/.test(text.replace(/"(?:[^"\\]|\\.)*"/g, '""')))
      expect(JSON.parse(out)).toEqual(JSON.parse(text))
  }
})

const tokens = (text: string) => text.match(/"(?:[^"\\]|\\.)*"|[^\s"]/g)
