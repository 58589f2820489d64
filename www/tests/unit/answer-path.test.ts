import { expect, it } from 'vitest'
import { valueAt } from '../../src/model/answer-path'

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
