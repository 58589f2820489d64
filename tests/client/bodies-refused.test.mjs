// Bodies that cannot be sent are refused, and nothing is sent.

import assert from 'node:assert/strict'
import OldStream, { Readable } from 'node:stream'
import { describe, test } from 'node:test'
import { BYTES, foreign, post, startEcho, stream } from './bodies.mjs'

const { clients, gateway, signed } = await startEcho()

describe('refused, and nothing is sent', () => {
  class OtherFormData {
    get [Symbol.toStringTag]() {
      return 'FormData'
    }
  }
  const cyclic = { a: 1 }
  cyclic.self = cyclic
  const rows = [
    ['a Map', new Map([['a', 1]]), /^body must be .*Map/],
    ['an empty Map', new Map(), /^body must be/],
    ['a Set', new Set([1]), /^body must be .*Set/],
    ['a WeakMap', new WeakMap(), /^body must be/],
    ['a Map of another realm', foreign('new Map([[1, 2]])'), /^body must be .*Map/],
    ['a RegExp', /x/, /^body must be .*RegExp/],
    ['an error', new Error('x'), /^body must be .*Error/],
    ['a promise', Promise.resolve({ a: 1 }), /^body must be .*Promise/],
    ['Headers', new Headers({ a: 'b' }), /^body must be .*Headers/],
    ["another package's FormData", new OtherFormData(), /^body must be .*FormData/],
    ['a stream without an iterator', Object.assign(new OldStream(), { _streams: ['x'] }), /^body must be/],
    ['a function', () => 1, /^body must be .*function/],
    ['a class', class A {}, /^body must be .*function/],
    ['a symbol', Symbol('x'), /^body must be .*symbol/],
    ['a bigint', 5n, /^body .*BigInt/i],
    ['a bigint inside', { a: [5n] }, /^body .*BigInt/i],
    ['a cycle', cyclic, /^body .*circular/i],
    ['toJSON that gives nothing', { toJSON: () => undefined }, /^body must be/],
  ]
  for (const [kind, config] of Object.entries(clients)) {
    for (const [name, body, message] of rows) {
      test(`${kind}: ${name}`, async () => {
        await assert.rejects(post(config, body), { name: 'TypeError', message })
        assert.equal((await gateway.requests()).length, 0)
      })
    }
    for (const method of ['GET', 'get', 'HEAD']) {
      for (const [name, body] of [
        ['an object', { a: 1 }],
        ['a text', 'x'],
        ['bytes', BYTES],
        ['0', 0],
        ['false', false],
        ['a form', new URLSearchParams('a=b')],
      ]) {
        test(`${kind}: ${name} with ${method}`, async () => {
          await assert.rejects(post(config, body, {}, method), {
            name: 'TypeError',
            message: new RegExp(`^body must be empty for ${method.toUpperCase()}.*queryParams`),
          })
          assert.equal((await gateway.requests()).length, 0)
        })
      }
    }
  }

  test('a stream that fails', async () => {
    const failing = new ReadableStream({ pull: (controller) => controller.error(new RangeError('mine')) })
    await assert.rejects(post(signed, failing), { message: 'mine' })
    assert.equal((await gateway.requests()).length, 0)
  })

  test('an async iterable that fails', async () => {
    const failing = async function* () {
      yield 'x'
      throw new RangeError('mine')
    }
    await assert.rejects(post(signed, failing()), { message: 'mine' })
    assert.equal((await gateway.requests()).length, 0)
  })

  for (const [name, make] of [
    ['an async iterable of objects', () => Readable.from([{ a: 1 }])],
    ['a stream that is locked', usedUp],
    ['a detached buffer', () => detached()],
  ]) {
    test(name, async () => {
      await assert.rejects(post(signed, make()), { name: 'TypeError', message: /^body / })
      assert.equal((await gateway.requests()).length, 0)
    })
  }

  function usedUp() {
    const used = stream(BYTES)
    used.getReader()
    return used
  }

  function detached() {
    const buffer = new ArrayBuffer(8)
    structuredClone(buffer, { transfer: [buffer] })
    return buffer
  }
})
