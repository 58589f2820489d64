import { expect, it } from 'vitest'
import { charsetOf } from '../../src/model/charset'
import { eventsOf } from '../../src/model/events'
import { kindOf } from '../../src/viewers/kind'

it.each([
  ['text/plain; charset=ISO-8859-1', [], 'windows-1252'],
  ['text/plain;charset="shift_jis"', [], 'shift_jis'],
  ['text/plain; charset=utf-8', [0xff, 0xfe], 'utf-16le'],
  ['text/plain', [0xfe, 0xff], 'utf-16be'],
  ['text/plain; charset=none-such', [], 'utf-8'],
  ['', [], 'utf-8'],
])('the characters of %s %j are %s', (type, head, expected) =>
  expect(charsetOf(type, Uint8Array.from(head))).toBe(expected),
)

it('events, as the standard reads them', () => {
  const text =
    ': a comment\nevent: add\ndata: 1\ndata: 2\nid: 7\n\r\ndata:no space\rid\r\rdata\n\nretry: 5\n\nevent: none\n\ndata: not ended'
  expect(eventsOf(text)).toEqual([
    { event: 'add', id: '7', data: '1\n2' },
    { event: '', id: '', data: 'no space' },
    { event: '', id: '', data: '' },
  ])
})

it.each([
  ['application/x-ndjson', '{"a":1}\n{"a":2}', 'lines'],
  ['text/event-stream; charset=utf-8', 'data: 1\n\n', 'events'],
  ['image/svg+xml', '<svg/>', 'svg'],
  ['text/plain; charset=utf-16le', '\u0000a\u0000b', 'text'],
  ['application/octet-stream', '\u0000\u0001', 'binary'],
  ['application/vnd.api+json', '{}', 'json'],
])('%s is shown as it is', (type, body, kind) =>
  expect(kindOf(type, new TextEncoder().encode(body))).toBe(kind),
)
