// Encodes the headers of an event stream's messages as the bytes that a signature covers.

import { newEncoder } from '../utf8.ts'
import { mustBe } from '../values.ts'

/** Encodes the headers of a message: length and text of each name, type and value. */
export function eventHeaders(headers: Record<string, { type: string; value: any }>) {
  const utf8 = newEncoder()
  const bytes = []
  for (const [name, { type, value }] of Object.entries(headers)) {
    const text = utf8.encode(name)
    bytes.push(text.length, ...text, ...eventValue(name, type, value, utf8))
  }
  return Uint8Array.from(bytes)
}

function eventValue(
  name: string,
  type: string,
  value: any,
  utf8: ReturnType<typeof newEncoder>,
): Iterable<number> {
  switch (type) {
    case 'boolean':
      return [value ? 0 : 1]
    case 'byte':
      return [2, value]
    case 'short':
      return [3, ...bigEndian(value, 2)]
    case 'integer':
      return [4, ...bigEndian(value, 4)]
    case 'long':
      return [5, ...value.bytes]
    case 'binary':
      return [6, ...bigEndian(value.length, 2), ...value]
    case 'string': {
      const text = utf8.encode(value)
      return [7, ...bigEndian(text.length, 2), ...text]
    }
    case 'timestamp':
      return [8, ...bigEndian(value.getTime(), 8)]
    case 'uuid':
      return [
        9,
        ...value
          .replaceAll('-', '')
          .match(/../g)
          .map((digits: string) => Number.parseInt(digits, 16)),
      ]
    default:
      throw mustBe(
        `message.headers[${JSON.stringify(name.slice(0, 60))}].type`,
        'one of an event stream',
        type,
      )
  }
}

function bigEndian(value: number, size: number) {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigInt64(0, BigInt(value))
  return bytes.subarray(8 - size)
}
