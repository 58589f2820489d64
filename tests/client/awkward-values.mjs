// Values that no one should pass, and someone will: [name, maker], made again for each use.

const throwing = () => {
  throw new RangeError('a trap of the test')
}
const TRAPS = Object.fromEntries(
  ['get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor', 'apply', 'construct', 'set'].map(
    (name) => [name, throwing],
  ),
)
const revoked = (target) => {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}
const cyclic = () => {
  const value = { name: 'cycle' }
  value.self = value
  return value
}
const detached = () => {
  const buffer = new ArrayBuffer(16)
  structuredClone(buffer, { transfer: [buffer] })
  return buffer
}
/** One text for all: making it again would be most of the test's time. */
const TEN_MEGABYTES = 'x'.repeat(10 * 1024 * 1024)

export const AWKWARD = {
  undefined: () => undefined,
  null: () => null,
  true: () => true,
  false: () => false,
  zero: () => 0,
  'minus zero': () => -0,
  one: () => 1,
  'a negative number': () => -1,
  'a fraction': () => 0.1,
  NaN: () => Number.NaN,
  Infinity: () => Number.POSITIVE_INFINITY,
  '-Infinity': () => Number.NEGATIVE_INFINITY,
  'the largest number': () => Number.MAX_VALUE,
  'the smallest number': () => Number.MIN_VALUE,
  '2 to the 53': () => 2 ** 53,
  '2 to the 32': () => 2 ** 32,
  'a BigInt': () => 10n,
  'a huge BigInt': () => 10n ** 400n,
  'a symbol': () => Symbol('awkward'),
  'a well-known symbol': () => Symbol.iterator,
  'an empty text': () => '',
  'a space': () => ' ',
  'a NUL': () => '\0',
  'texts between NULs': () => 'a\0b\0\x01c',
  'a line break': () => 'a\r\nb: c',
  'a lone high surrogate': () => 'a\ud800b',
  'a lone low surrogate': () => '\udc00',
  'a byte order mark': () => '\ufeffx',
  'text from right to left': () => '\u202egnp.exe',
  'an emoji with joiners': () => '👩‍👩‍👧‍👦',
  'a text of 10 MB': () => TEN_MEGABYTES,
  'a text of percent signs': () => '%%%zz%2',
  'a text of braces': () => '{{{}}}{+}{?}{&a:-1}',
  'dots and slashes': () => '/../..\\..//%2e%2e/',
  'another origin': () => '//evil.example/@x',
  'a script': () => 'javascript:alert(1)',
  __proto__: () => '__proto__',
  'a String object': () => new String('text'),
  'a Number object': () => new Number(1),
  'an empty object': () => ({}),
  'an object without prototype': () => Object.create(null),
  'an object that pollutes': () =>
    JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
  'an object with a throwing getter': () =>
    Object.defineProperty({}, 'a', { enumerable: true, get: throwing }),
  'an object whose getters count': () => {
    let count = 0
    return Object.defineProperty({}, 'a', { enumerable: true, get: () => (count += 1) })
  },
  'an object with a throwing toString': () => ({ toString: throwing, valueOf: throwing }),
  'an object with a throwing toJSON': () => ({ toJSON: throwing, a: 1 }),
  'an object with a throwing toPrimitive': () => ({ [Symbol.toPrimitive]: throwing, a: 1 }),
  'an object with a throwing iterator': () => ({ [Symbol.iterator]: throwing }),
  'an object whose iterator gives no pairs': () => ({
    [Symbol.iterator]: () => [1, null, 'x'][Symbol.iterator](),
  }),
  // biome-ignore lint/suspicious/noThenProperty: such objects are the point
  'a thenable that throws': () => ({ then: throwing }),
  'an object whose then is undefined': () => ({
    // biome-ignore lint/suspicious/noThenProperty: such objects are the point
    get then() {
      return undefined
    },
  }),
  'a cyclic object': cyclic,
  'a cyclic array': () => {
    const list = []
    list.push(list)
    return list
  },
  'an object of depth 10,000': () => {
    let value = {}
    for (let i = 0; i < 10_000; i += 1) value = { value }
    return value
  },
  'a frozen object': () => Object.freeze({ a: 'b' }),
  'an empty array': () => [],
  'an array with holes': () => new Array(5),
  'an array of 100,000': () => new Array(100_000).fill('v'),
  'nested arrays': () => [[['a', ['b']]]],
  'a proxy that throws': () => new Proxy({}, TRAPS),
  'a function proxy that throws': () => new Proxy(() => {}, TRAPS),
  'a revoked proxy': () => revoked({}),
  'a revoked array': () => revoked([]),
  'a revoked function': () => revoked(() => {}),
  'a function': () => () => {},
  'a function that throws': () => throwing,
  'an async function that rejects': () => async () => throwing(),
  'a class': () => class Awkward {},
  'a generator': () =>
    (function* () {
      yield 1
    })(),
  'an async generator that throws': () =>
    // biome-ignore lint/correctness/useYield: it throws before it could yield
    (async function* () {
      throwing()
    })(),
  'a Date': () => new Date(0),
  'an invalid Date': () => new Date(Number.NaN),
  'the last Date': () => new Date(8.64e15),
  'a RegExp': () => /(a+)+$/,
  'an Error': () => new Error('awkward'),
  'a Map': () => new Map([[{}, Symbol('value')]]),
  'a Set': () => new Set([1, 1n]),
  'a WeakMap': () => new WeakMap(),
  'an empty buffer': () => new ArrayBuffer(0),
  'a detached buffer': detached,
  'a view of a detached buffer': () => {
    const view = new Uint8Array(16)
    structuredClone(view.buffer, { transfer: [view.buffer] })
    return view
  },
  'a shared buffer': () => new SharedArrayBuffer(8),
  'a resizable buffer': () => new ArrayBuffer(8, { maxByteLength: 16 }),
  'a Float64Array': () => new Float64Array([Number.NaN, -0]),
  'a BigInt64Array': () => new BigInt64Array(2),
  'a locked stream': () => {
    const stream = new ReadableStream()
    stream.getReader()
    return stream
  },
  'a stream that fails': () => new ReadableStream({ pull: throwing }),
  'a used Request': () => new Request('http://127.0.0.1:9/', { method: 'POST', body: 'x' }),
  Headers: () => new Headers({ a: 'b' }),
  FormData: () => new FormData(),
  'a URL': () => new URL('http://u:p@127.0.0.1:9/x?y#z'),
  'a module': () => globalThis,
}
