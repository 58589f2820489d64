// Node, Deno and Bun: Signature Version 4A, with a module of its own. It is made without SIMD, so that it runs
// everywhere.

const { default: module } = require('gatesign-module-base64/v4a')
const { useModule } = require('gatesign-src/module.js')
const { useHash } = require('gatesign-src/platform.js')
const { useText } = require('gatesign-src/utf8.js')
const { createSigner } = require('gatesign-src/v4a.js')
const { v4a } = require('gatesign-src/v4a-client.js')

const builtin = (name) => globalThis.process?.getBuiltinModule?.(name)
const { Buffer } = globalThis.Buffer ? globalThis : (builtin('node:buffer') ?? require('node:buffer'))

useModule(() => new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(module, 'base64'))))
useText(() => builtin('node:util') ?? require('node:util'))
const crypto = () => builtin('node:crypto') ?? require('node:crypto')
useHash(
  () => crypto().createHash('sha256'),
  (next) => (globalThis.setImmediate ?? setTimeout)(next),
)

exports.__esModule = true
exports.createSigner = createSigner
exports.v4a = v4a
