// Node, Deno and Bun: Signature Version 4A, with a module of its own. It is made without SIMD, so that it runs
// everywhere.

const { default: module } = require('gatesign-module-base64/v4a')
const { useModule } = require('gatesign-src/module.ts')
const { useHash } = require('gatesign-src/platform.ts')
const { useText } = require('gatesign-src/utf8.ts')
const { createSigner } = require('gatesign-src/v4a.ts')
const { v4a } = require('gatesign-src/v4a-client.ts')

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
