// Node, Deno and Bun. The module is embedded, so that bundles for servers work without its file.

const { default: module } = require('gatesign-module-base64')
const { lacksSimd, useModule } = require('gatesign-src/module.js')
const { useHash } = require('gatesign-src/platform.js')
const { apigClientFactory, createSigner, diagnose, newClient } = require('gatesign-src/index.js')

// The module without SIMD is rarely needed, so it is read from its file. A bundle has it if someone put it
// beside the bundle; one in ES module format has no `__dirname` and cannot find it.
const bytes = () => (lacksSimd() ? withoutSimd() : Buffer.from(module, 'base64'))
useModule(() => new WebAssembly.Instance(new WebAssembly.Module(bytes())))

function withoutSimd() {
  const { readFileSync } = process.getBuiltinModule?.('node:fs') ?? require('node:fs')
  return readFileSync(`${__dirname}/gatesign-nosimd.wasm`)
}

// Loading it takes 1.2 of some 10 ms, so it waits for the first body that is hashed. Bundles in ES module
// format have no `require` of Node's own modules; Node before 20.16 has nothing else.
const crypto = () => process.getBuiltinModule?.('node:crypto') ?? require('node:crypto')
useHash(() => crypto().createHash('sha256'), setImmediate)

exports.__esModule = true
exports.default = apigClientFactory
exports.apigClientFactory = apigClientFactory
exports.createSigner = createSigner
exports.diagnose = diagnose
exports.newClient = newClient
