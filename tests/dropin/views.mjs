// Everything that a caller, a log or a debugger can see of a value.

import { inspect } from 'node:util'

/** Everything that can be read off a value: own and inherited properties, getters, entries. */
function* texts(value, seen = new Set()) {
  if (typeof value === 'symbol' || value === undefined || value === null) return
  if (typeof value !== 'object' && typeof value !== 'function') return void (yield String(value))
  if (seen.has(value)) return
  seen.add(value)
  if (ArrayBuffer.isView(value))
    yield Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1')
  if (value instanceof Headers || value instanceof Map) yield* texts([...value], seen)
  for (
    let from = value;
    from && from !== Object.prototype && from !== Function.prototype;
    from = Object.getPrototypeOf(from)
  ) {
    for (const key of Reflect.ownKeys(from)) {
      yield String(key)
      let inner
      try {
        inner = value[key]
      } catch {
        continue
      }
      if (typeof inner !== 'function' || Object.hasOwn(value, key)) yield* texts(inner, seen)
    }
  }
}

export function* views(value) {
  yield String(value)
  yield JSON.stringify(value) ?? ''
  for (const options of [
    {},
    { depth: 0 },
    { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true },
  ])
    yield inspect(value, options)
  yield* texts(value)
  if (value instanceof Error) yield value.stack
  if (value?.toJSON) yield JSON.stringify(value.toJSON())
}
