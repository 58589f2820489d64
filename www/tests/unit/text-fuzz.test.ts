// Texts that nobody has written, in what the page writes for people: the quoted strings of each language mean the text
// where that language reads them, and JSON that is laid out again has the same values, digit by digit.

import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { formatted } from '../../src/model/json-format'
import { asProperty, inJavaScript, inPython, inShell, inYaml, shellWord } from '../../src/model/quote'
import { laidOutXml } from '../../src/viewers/xml'
import { fuzzed, TIMEOUT } from './lib/fuzzed'

const SIGNS = [
  ...[
    '$',
    '${',
    '$(',
    '`',
    '\\',
    "'",
    '"',
    '!!',
    '~',
    '*',
    '?',
    '#',
    '&',
    '|',
    ';',
    '<',
    '>',
    '(',
    ')',
    '{',
    '}',
  ],
  ...[
    '%',
    '%s',
    '%PATH%',
    '^',
    '\n',
    '\r\n',
    '\t',
    ' ',
    '\u2028',
    '\u0085',
    '\ufeff',
    '\u202e',
    '\u001b[2J',
    '-',
    ':',
    '- ',
  ],
  ...[
    "'''",
    '"""',
    '</script>',
    'true',
    'null',
    '0x10',
    '1e3',
    '2013-05-24',
    '__proto__',
    'é',
    '한',
    '🎬',
    '\\x41',
    '\\u',
    '{{',
  ],
]
/** Without NUL, which no argument can have, and without halves of characters. */
const text = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...SIGNS) },
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    {
      maxLength: 10,
    },
  )
  .map((parts) => parts.join('').replaceAll('\0', ''))
/** Many at a time: starting a program takes longer than reading them. */
const texts = fc.array(text, { minLength: 100, maxLength: 200 })

const read = (program: string, ...args: string[]) =>
  execFileSync(program, args, { encoding: 'utf8', maxBuffer: 1e8 })

describe('what is quoted is read as it was', () => {
  it('by a shell', { timeout: TIMEOUT }, async () => {
    const property = fc.property(texts, (all) => {
      const words = all.map((one, at) => (at % 2 === 0 || one === '' ? inShell(one) : shellWord(one)))
      expect(
        read('bash', '-c', `printf '%s\\0' ${words.join(' ')}`)
          .split('\0')
          .slice(0, -1),
      ).toEqual(all)
    })
    await fuzzed(property, 6)
  })

  it('by JavaScript', { timeout: TIMEOUT }, async () => {
    const property = fc.property(texts, (all) => {
      const code = `[${all.map(inJavaScript).join(', ')}]`
      const object = `{ ${all.map((name) => `${asProperty(name)}: 1`).join(', ')} }`
      const run = (source: string) => new Function(`'use strict'; return (${source})`)()
      expect(run(code)).toEqual(all)
      expect(new Set(Object.keys(run(object)))).toEqual(new Set(all))
    })
    await fuzzed(property, 6)
  })

  it('by Python', { timeout: TIMEOUT }, async () => {
    const property = fc.property(texts, (all) => {
      const code = `import json, sys; sys.stdout.write(json.dumps([${all.map(inPython).join(', ')}]))`
      expect(JSON.parse(read('python3', '-c', code))).toEqual(all)
    })
    await fuzzed(property, 6)
  })

  it('by YAML', { timeout: TIMEOUT }, async () => {
    const property = fc.property(texts, (all) => {
      expect(parse(all.map((one) => `- ${inYaml(one)}`).join('\n'))).toEqual(all)
    })
    await fuzzed(property, 6)
  })
})

describe('what is laid out', () => {
  it('as JSON has the same values, and is the same the second time', { timeout: TIMEOUT }, async () => {
    const spaces = fc.constantFrom('', ' ', '\n', '\t')
    const property = fc.property(fc.json({ stringUnit: 'binary' }), spaces, (json, space) => {
      const given = space + json + space
      const out = formatted(given)
      expect(JSON.parse(out)).toEqual(JSON.parse(given))
      expect(formatted(out)).toBe(out)
    })
    await fuzzed(property, 6)
  })

  it('as XML loses nothing but white space between its parts', { timeout: TIMEOUT }, async () => {
    const tags = fc.constantFrom(
      '<a>',
      '</a>',
      '<b c="d">',
      '</b>',
      '<e/>',
      '<!--x-->',
      '<![CDATA[<]]>',
      '<?x?>',
    )
    const property = fc.property(fc.array(fc.oneof(tags, text), { maxLength: 12 }), (all) => {
      const given = all.join('')
      const { text: out } = laidOutXml(given)
      expect(out.replace(/\s/g, '')).toBe(given.replace(/\s/g, ''))
    })
    await fuzzed(property, 6)
  })
})
