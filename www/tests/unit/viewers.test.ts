import { describe, expect, it } from 'vitest'
import { JsonLines } from '../../src/model/json-lines'
import { TextDocument } from '../../src/viewers/document'
import { cellsOf, listIn, tableOf, unmarshalled } from '../../src/viewers/table'

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

  it('name the line of a mistake', () => {
    expect(new TextDocument('{\n"a": x}', true).problem).toContain('line 2')
  })
})

describe('the table', () => {
  const items = [
    { year: { N: '2013' }, info: { M: { tags: { L: [{ S: 'a' }, { BOOL: true }] }, none: { NULL: true } } } },
  ]

  it('finds the list and its columns', () => {
    const found = listIn({ Count: 1, Items: items })
    expect(found && tableOf(found)).toEqual({
      name: 'Items',
      columns: ['year', 'info'],
      count: 1,
      typed: true,
    })
    expect(listIn({ a: [1, 2] })).toBeUndefined()
  })

  it('shows DynamoDB values as they are, or plain', () => {
    expect(cellsOf(items, ['year'], 0, 1, false)).toEqual([['{"N":"2013"}']])
    expect(cellsOf(items, ['year', 'info'], 0, 1, true)).toEqual([
      ['2013', '{"tags":["a",true],"none":null}'],
    ])
  })

  it('keeps digits that JavaScript cannot hold', () => {
    expect(unmarshalled({ N: '12345678901234567890' })).toBe('12345678901234567890')
    expect(unmarshalled({ N: '9.0' })).toBe(9)
    expect(unmarshalled({ NS: ['1', '2'] })).toEqual([1, 2])
  })
})

it('a table of names that objects inherit, and of rows that are none', () => {
  const items = [{ constructor: 'a', toString: 'b' }, { __proto__: null, x: 1 }, null, 7] as Record<
    string,
    unknown
  >[]
  expect(cellsOf(items, ['constructor', 'toString', '__proto__', 'x'], 0, 4, false)).toEqual([
    ['a', 'b', '', ''],
    ['', '', '', '1'],
    ['', '', '', ''],
    ['', '', '', ''],
  ])
})
