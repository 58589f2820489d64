import { describe, expect, it } from 'vitest'
import { JsonLines } from '../../src/model/json-lines'
import { TextDocument } from '../../src/viewers/document'
import { kindOf } from '../../src/viewers/kind'
import {
  cellsOf,
  csvOf,
  isTypedList,
  listIn,
  type Order,
  orderOf,
  seriesOf,
  tableOf,
  unmarshalled,
} from '../../src/viewers/table'
import { laidOutXml } from '../../src/viewers/xml'

describe('JSON lines', () => {
  it('keep every number as it was written', () => {
    const json = new JsonLines('{"a":12345678901234567890.10,"b":[1,{}],"c":"x\\"y"}')
    const lines = Array.from({ length: json.count }, (_, i) => [
      json.depth(i),
      json.key(i),
      json.value(i),
      json.hasComma(i),
    ])
    expect(lines).toEqual([
      [0, '', '{', false],
      [1, '"a"', '12345678901234567890.10', true],
      [1, '"b"', '[', false],
      [2, '', '1', true],
      [2, '', '{}', false],
      [1, '', ']', true],
      [1, '"c"', '"x\\"y"', false],
      [0, '', '}', false],
    ])
  })

  it.each(['', '{', '[1,]', '{"a"}', '01', '[1] 2', '"x', 'nul'])('refuse %j', (text) =>
    expect(() => new JsonLines(text)).toThrow(),
  )

  it('fold, and unfold the way to a hit', () => {
    const shown = new TextDocument('{"a":{"deep":"needle"},"b":1}', true)
    expect(shown.count).toBe(6)
    shown.foldAll(1)
    expect(shown.count).toBe(4)
    expect(shown.lines(1, 2)).toMatchObject([{ key: '"a"', folded: true, hidden: 1 }])
    expect(shown.find('NEEDLE')).toBe(1)
    expect(shown.goTo(0)).toBe(2)
    expect(shown.count).toBe(6)
  })

  it('wrap, and say which row a hit is in', () => {
    const shown = new TextDocument(JSON.stringify({ a: 'x'.repeat(100), b: 'needle' }), true)
    shown.wrap(40)
    // 102 characters of the first value, in rows of 40 - 2 - 3 - 4.
    expect(shown.count).toBe(4 + 3)
    const rows = shown.lines(1, 5)
    expect(rows.map(({ part, last }) => [part, last])).toEqual([
      [0, false],
      [1, false],
      [2, false],
      [3, true],
    ])
    expect(rows.map(({ value }) => value).join('')).toBe(`"${'x'.repeat(100)}"`)
    expect(shown.find('needle')).toBe(1)
    expect(shown.goTo(0)).toBe(5)
    shown.foldAll(0)
    expect(shown.count).toBe(1)
    shown.foldAll(undefined)
    shown.wrap(undefined)
    expect(shown.count).toBe(4)
    const text = new TextDocument(`short\n${'y'.repeat(130)}`, false)
    text.wrap(54)
    expect(text.lines(0, 9).map(({ value }) => value.length)).toEqual([5, 50, 50, 30])
  })

  it('name the line of a mistake', () => {
    expect(new TextDocument('{\n"a": x}', true).problem).toContain('line 2')
  })
})

describe('the table', () => {
  const items = [
    { year: { N: '2013' }, info: { M: { tags: { L: [{ S: 'a' }, { BOOL: true }] }, none: { NULL: true } } } },
  ]

  const labels = (rows: Record<string, unknown>[]) =>
    tableOf('', rows, false).columns.map(({ label }) => label)
  const all = (rows: Record<string, unknown>[]) => {
    const { columns } = tableOf('', rows, false)
    return cellsOf(rows, columns, Uint32Array.from(rows.keys()), 0, rows.length)
  }

  it('finds the list and its columns', () => {
    const found = listIn({ Count: 1, Items: items })
    expect(found?.name).toBe('Items')
    expect(isTypedList(found?.items ?? [])).toBe(true)
    expect(labels(items)).toEqual(['year', 'info'])
    expect(listIn({ a: [1, 2] })).toBeUndefined()
  })

  it('shows DynamoDB values as they are, or plain', () => {
    expect(all(items)[0]?.[0]).toBe('{"N":"2013"}')
    const plain = items.map((item) => ({ year: unmarshalled(item.year), info: unmarshalled(item.info) }))
    expect(labels(plain)).toEqual(['year', 'info.tags', 'info.none'])
    expect(all(plain)).toEqual([['2013', '["a",true]', 'null']])
  })

  it('makes columns of what is nested, and says which are numbers', () => {
    const rows = [
      { title: 'b', info: { rating: 9, by: { name: 'x' } } },
      { title: 'a10', info: 'none' },
      { title: 'a9', info: { rating: 10.5, list: [{ deep: 1 }] } },
    ]
    expect(tableOf('', rows, false).columns.map(({ label, numeric }) => [label, numeric])).toEqual([
      ['title', false],
      ['info.rating', true],
      ['info.by.name', false],
      ['info', false],
      ['info.list', false],
    ])
    expect(all(rows)).toEqual([
      ['b', '9', 'x', '', ''],
      ['a10', '', '', 'none', ''],
      ['a9', '10.5', '', '', '[{"deep":1}]'],
    ])
  })

  it('sorts numbers as numbers and texts as people do, what is missing last; filters; writes CSV', () => {
    const rows: Record<string, unknown>[] = [
      { n: 10, t: 'a10' },
      { n: 9, t: 'A "quoted", name' },
      { n: null, t: 'a9\nand more' },
      { t: 'é' },
    ]
    const { columns } = tableOf('', rows, false)
    const order = (change: Partial<Order>) =>
      orderOf(rows, columns, { plain: false, filter: '', by: undefined, down: false, ...change })
    expect([...order({ by: 0 })]).toEqual([1, 0, 2, 3])
    expect([...order({ by: 0, down: true })]).toEqual([0, 1, 2, 3])
    expect([...order({ by: 1 })]).toEqual([1, 2, 0, 3])
    expect([...order({ filter: 'A9' })]).toEqual([2])
    expect([...order({ filter: 'nowhere' })]).toEqual([])
    expect(csvOf(rows, columns, order({ by: 0 }))).toBe(
      'n,t\r\n9,"A ""quoted"", name"\r\n10,a10\r\nnull,"a9\nand more"\r\n,é\r\n',
    )
  })

  it('draws at most 600 points, each the mean of its rows', () => {
    const rows = Array.from({ length: 6000 }, (_, n) => ({ name: `row ${n}`, n, gap: n < 3000 ? 'x' : 1 }))
    const { columns } = tableOf('', rows, false)
    const { names, series, group } = seriesOf(rows, columns, Uint32Array.from(rows.keys()), [1, 2])
    expect([names.length, group, names[1]]).toEqual([600, 10, 'row 10'])
    expect(series.map(({ label, values }) => [label, values[0], values[599]])).toEqual([
      ['n', 4.5, 5994.5],
      ['gap', undefined, 1],
    ])
  })

  it('keeps digits that JavaScript cannot hold', () => {
    expect(unmarshalled({ N: '12345678901234567890' })).toBe('12345678901234567890')
    expect(unmarshalled({ N: '9.0' })).toBe(9)
    expect(unmarshalled({ NS: ['1', '2'] })).toEqual([1, 2])
  })
})

it('a table of names that objects inherit, and of rows that are none', () => {
  const items = [
    { constructor: 'a', toString: 'b' },
    JSON.parse('{"__proto__":"c","x":1}'),
    null,
    7,
  ] as Record<string, unknown>[]
  const { columns } = tableOf('', items, false)
  expect(columns.map(({ label }) => label)).toEqual(['constructor', 'toString', '__proto__', 'x'])
  const order = orderOf(items, columns, { plain: false, filter: '', by: 3, down: true })
  expect(cellsOf(items, columns, order, 0, 4)).toEqual([
    ['', '', 'c', '1'],
    ['a', 'b', '', ''],
    ['', '', '', ''],
    ['', '', '', ''],
  ])
})

describe('XML', () => {
  it.each([
    ['<a><b x="1>2">t</b><c/></a>', '<a>\n  <b x="1>2">t</b>\n  <c/>\n</a>'],
    [
      '<?xml version="1.0"?>\n<!-- a < b --><a>\n  <b></b></a>',
      '<?xml version="1.0"?>\n<!-- a < b -->\n<a>\n  <b></b>\n</a>',
    ],
    [
      '<!DOCTYPE a [<!ENTITY e "x>">]><a>&e; and <b>more</b></a>',
      '<!DOCTYPE a [<!ENTITY e "x>">]>\n<a>\n  &e; and\n  <b>more</b>\n</a>',
    ],
    ['<a><![CDATA[<b>]]></a>', '<a>\n  <![CDATA[<b>]]>\n</a>'],
  ])('%s', (text, laidOut) => {
    expect(laidOutXml(text)).toEqual({ text: laidOut, problem: '' })
    // Once more changes nothing.
    expect(laidOutXml(laidOut).text).toBe(laidOut)
  })

  it.each([
    ['<a><b></a>', '<b> is ended by </a>'],
    ['<a>', '<a> does not end'],
    ['</a>', '</a> ends nothing'],
    ['<a b="', 'the tag at character 1 does not end'],
  ])('%s is none', (text, problem) => {
    expect(laidOutXml(text)).toEqual({ text, problem: `This is not well-formed XML: ${problem}.` })
  })

  it('ends however deep it is nested', () => {
    const text = '<a>'.repeat(50_000) + '</a>'.repeat(50_000)
    expect(laidOutXml(text).text.length).toBeLessThan(50_000_000)
  })

  it.each([
    ['application/xml', '<a/>', 'xml'],
    ['application/atom+xml', '<a/>', 'xml'],
    ['binary/octet-stream', '<?xml version="1.0"?><a/>', 'xml'],
    ['text/html', '<p>', 'text'],
    ['application/xhtml+xml', '<p/>', 'text'],
  ])('%s %s is %s', (type, text, kind) => {
    expect(kindOf(type, new TextEncoder().encode(text))).toBe(kind)
  })
})
