// URL and rows are one list: whatever is typed is what is shown, and what is not touched stays as it was written.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changedRows, parametersOf, shownUrl, typedUrl } from '../../src/model/query'
import { emptyRequest, type Row, row } from '../../src/model/request'
import { callOf } from '../../src/sign/call'

const BASE = 'https://a.example/x'

interface Case {
  name: string
  url: string
  query?: Row[]
  /** What is done. */
  type?: string
  set?: [at: number, part: Partial<Row>]
  shown: string
  rows?: [on: boolean, name: string, value: string][]
}

const CASES: Case[] = [
  {
    name: 'rows are in the field',
    url: BASE,
    query: [row('a', '1 2'), row('b', '&=')],
    shown: `${BASE}?a=1%202&b=%26=`,
  },
  { name: 'off rows are not', url: BASE, query: [row('a', '1', false), row('b', '2')], shown: `${BASE}?b=2` },
  { name: 'the fragment stays last', url: `${BASE}#top`, query: [row('a', '1')], shown: `${BASE}?a=1#top` },
  {
    name: 'behind an expression',
    url: `${BASE}{?page}`,
    query: [row('a', '1')],
    shown: `${BASE}{?page}&a=1`,
  },
  {
    name: 'typed parameters are rows',
    url: BASE,
    type: `${BASE}?a=%20b&c=d+e&flag&f[x]=ä&q={{v&w}}`,
    shown: `${BASE}?a=%20b&c=d+e&flag&f[x]=ä&q={{v&w}}`,
    rows: [
      [true, 'a', ' b'],
      [true, 'c', 'd e'],
      [true, 'flag', ''],
      [true, 'f[x]', 'ä'],
      [true, 'q', '{{v&w}}'],
    ],
  },
  {
    name: 'one row changes, the others stay as they were written',
    url: `${BASE}?a=%2Fb&c=d+e&flag&e=%e4`,
    set: [1, { value: 'new value' }],
    shown: `${BASE}?a=%2Fb&c=new%20value&flag&e=%e4`,
  },
  {
    name: 'off and in its place',
    url: `${BASE}?a=1&b=%2F&c=3`,
    set: [1, { on: false }],
    shown: `${BASE}?a=1&c=3`,
    rows: [
      [true, 'a', '1'],
      [false, 'b', '/'],
      [true, 'c', '3'],
    ],
  },
  {
    name: 'typing leaves what is off',
    url: `${BASE}?a=1`,
    query: [row('off', '2', false), row('b', '3')],
    type: `${BASE}?a=1&b=34`,
    shown: `${BASE}?a=1&b=34`,
    rows: [
      [true, 'a', '1'],
      [false, 'off', '2'],
      [true, 'b', '34'],
    ],
  },
  {
    name: 'rows that are deleted from the field',
    url: BASE,
    query: [row('a', '1'), row('off', '2', false), row('b', '3')],
    type: `${BASE}?b=3`,
    shown: `${BASE}?b=3`,
    rows: [
      [false, 'off', '2'],
      [true, 'b', '3'],
    ],
  },
]

describe('one list', () => {
  it.each(CASES)('$name', ({ url, query = [], type, set, shown, rows }) => {
    let doc = { url, query }
    if (type !== undefined) doc = typedUrl(doc, type)
    if (set) {
      const before = parametersOf(doc)
      doc = changedRows(
        doc,
        before,
        before.map((item, at) => (at === set[0] ? { ...item, ...set[1] } : item)),
      )
    }
    expect(shownUrl(doc)).toBe(shown)
    if (rows) expect(parametersOf(doc).map(({ on, name, value }) => [on, name, value])).toEqual(rows)
  })
})

const signs = fc.constantFrom(
  'a',
  'b',
  '?',
  '&',
  '=',
  '+',
  '%',
  '%20',
  '%e4',
  '{',
  '}',
  '{{',
  '}}',
  '#',
  '/',
  ' ',
  'ä',
  '\n',
  '\ud800',
)
const texts = fc.array(signs, { maxLength: 12 }).map((list) => list.join(''))
const anyRow = fc.record({ on: fc.boolean(), name: texts, value: texts })

it('shows what was typed, whatever it is', () => {
  fc.assert(
    fc.property(texts, fc.array(anyRow, { maxLength: 4 }), texts, texts, (url, query, first, second) => {
      let doc = { url: BASE + url, query }
      for (const text of [`${BASE}?${first}`, `${BASE}?${first}${second}`, second]) {
        const off = doc.query.filter(({ on }) => !on)
        doc = typedUrl(doc, text)
        expect(shownUrl(doc)).toBe(text)
        expect(doc.query.filter(({ on }) => !on)).toEqual(off)
      }
    }),
    { numRuns: 500 },
  )
})

it('a row off and on again is as it was written', () => {
  fc.assert(
    fc.property(
      texts.map((text) => text.replaceAll('#', '')),
      fc.nat(8),
      (query, at) => {
        const doc = { url: `${BASE}?${query}`, query: [] as Row[] }
        const flip = (now: typeof doc, on: boolean) => {
          const rows = parametersOf(now)
          return changedRows(
            now,
            rows,
            rows.map((item, i) => (i === at ? { ...item, on } : item)),
          )
        }
        expect(shownUrl(flip(flip(doc, false), true))).toBe(shownUrl(flip(doc, true)))
        expect(parametersOf(flip(flip(doc, false), true)).map(({ name, value }) => [name, value])).toEqual(
          parametersOf(doc).map(({ name, value }) => [name, value]),
        )
      },
    ),
    { numRuns: 500 },
  )
})

it('rows that were written go out as they were written, in their order', () => {
  const call = (doc: { url: string; query: Row[] }) =>
    callOf(
      { ...emptyRequest(), ...doc, auth: { ...emptyRequest().auth, kind: 'none' } },
      new Map([['v', 'x&y']]),
    )
  const written = { url: `${BASE}?a=%2Fb&c=d+e&f=1&g={{v}}`, query: [] }
  const rows = parametersOf(written)
  const changed = changedRows(
    written,
    rows,
    rows.map((item, at) => (at === 0 ? { ...item, value: '{{v}}' } : item)),
  )
  expect(call(changed).pathTemplate).toBe('/x?a=x%26y&c=d+e&f=1&g=x&y')
  expect(call(changed).query).toEqual([])
  expect(call(written).pathTemplate).toBe('/x?a=%2Fb&c=d+e&f=1&g=x&y')
})

it('a long query takes a time in proportion to it', () => {
  const took = (count: number) => {
    const text = `${BASE}?${Array.from({ length: count }, (_, i) => `a${i}={{v}}&{x}`).join('&')}`
    const begun = performance.now()
    const doc = typedUrl({ url: BASE, query: [row('b', '1')] }, text)
    expect(shownUrl(doc)).toBe(text)
    expect(parametersOf(doc)).toHaveLength(2 * count)
    return performance.now() - begun
  }
  took(1000)
  // 16 times as much; what grows with the square would take 256 times as long.
  expect(took(32_000)).toBeLessThan(100 * Math.max(5, took(2_000)))
})
