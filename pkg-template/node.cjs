// Node, Deno and Bun. The module is embedded, so that bundles for servers work without its file.

const { default: module } = require('gatesign-module-base64/gatesign')
const { lacksSimd, useModule } = require('gatesign-src/module.ts')
const { useHash, useNodeStreams } = require('gatesign-src/platform.ts')
const { useText } = require('gatesign-src/utf8.ts')
const { apigClientFactory, createSigner, diagnose, endpointOf, newClient } = require('gatesign-src/index.ts')

// Bundles in ES module format have no `require` of Node's own modules; Node before 20.16 has nothing else.
// Globals of Node may be missing: Jest runs this in jsdom if it is told Node's conditions.
const builtin = (name) => globalThis.process?.getBuiltinModule?.(name)

// The module without SIMD is rarely needed, so it is read from its file. A bundle has it if someone put it
// next to the bundle; one in ES module format has no `__dirname` and cannot find it.
useModule(() => new WebAssembly.Instance(new WebAssembly.Module(lacksSimd() ? withoutSimd() : usual())))

function usual() {
  const { Buffer } = globalThis.Buffer ? globalThis : (builtin('node:buffer') ?? require('node:buffer'))
  return Buffer.from(module, 'base64')
}

function withoutSimd() {
  const { readFileSync } = builtin('node:fs') ?? require('node:fs')
  return readFileSync(`${__dirname}/gatesign-nosimd.wasm`)
}

// Bun and Deno have no undici of their own, and a fetch that keeps no copy.
if (globalThis.process?.versions?.undici) useNodeStreams()

useText(() => builtin('node:util') ?? require('node:util'))

// Loading it takes 1.2 of some 10 ms, so it waits for the first body that is hashed.
const crypto = () => builtin('node:crypto') ?? require('node:crypto')
useHash(
  () => crypto().createHash('sha256'),
  (next) => (globalThis.setImmediate ?? setTimeout)(next),
)

exports.__esModule = true
exports.default = apigClientFactory
exports.apigClientFactory = apigClientFactory
exports.createSigner = createSigner
exports.diagnose = diagnose
exports.endpointOf = endpointOf
exports.newClient = newClient
