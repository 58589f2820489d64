import { expect, it } from 'vitest'
import { pathOf, valueAt } from '../../src/model/answer-path'
import { JsonLines } from '../../src/model/json-lines'

const TEXT =
  '{"id": 12345678901234567890, "list": [ {"a b": "x"}, 1.0, [] , {"c": {"d": true}} ], "dup": 1, "dup": "2", "o": {"x":1}, "__proto__": "p", "e": ""}'

it.each([
  ['$.id', '12345678901234567890'],
  ['id', '12345678901234567890'],
  ["$.list[0]['a b']", 'x'],
  ['list[0]["a b"]', 'x'],
  ['$.list[1]', '1.0'],
  ['$.list[2]', '[]'],
  ['$.list[3].c', '{"d": true}'],
  ['$.list[3].c.d', 'true'],
  ['$.dup', '2'],
  ['$.o', '{"x":1}'],
  ['$.__proto__', 'p'],
  ['$.e', ''],
  ['$', TEXT],
  ['$.none', undefined],
  ['$.constructor', undefined],
  ['$.list[9]', undefined],
  ['$.id.x', undefined],
  ['$.list[', undefined],
])('%s is %s', (path, expected) => expect(valueAt(TEXT, path)).toBe(expected))

it('of what is no JSON there is nothing', () => expect(valueAt('<a/>', '$.a')).toBeUndefined())

it('the path to a line leads to its value', () => {
  const lines = new JsonLines(TEXT.replace('"dup": 1, ', '').replace('"a b"', `"it's [a].b"`))
  const paths: (string | undefined)[] = []
  for (let line = 0; line < lines.count; line++) {
    if (lines.isClose(line)) continue
    const path = pathOf(lines, line)
    paths.push(path)
    const value = lines.value(line)
    const expected = value.startsWith('"')
      ? JSON.parse(value)
      : lines.isOpen(line)
        ? lines.text.slice(lines.from(line), lines.to(lines.partner(line)))
        : value
    expect(valueAt(lines.text, path ?? ''), path).toBe(expected)
  }
  expect(paths).toContain('$.list[3].c.d')
  expect(paths).toContain(`$.list[0]["it's [a].b"]`)
  expect(pathOf(new JsonLines(`{"'\\"": 1}`), 1)).toBeUndefined()
})
