// Node, Deno and Bun. The module is embedded, so that bundles for servers work without its file.

// Bundles in ES module format have no `require` of Node's own modules; Node before 20.16 has nothing else.
const { createHash } = process.getBuiltinModule?.('node:crypto') ?? require('node:crypto')
const { default: module } = require('gatesign-module')
const { useModule } = require('gatesign-src/core.js')
const { useHash } = require('gatesign-src/platform.js')
const { apigClientFactory, createSigner, diagnose, newClient } = require('gatesign-src/index.js')

useModule(() => Buffer.from(module, 'base64'))
useHash(() => createHash('sha256'), setImmediate)

exports.__esModule = true
exports.default = apigClientFactory
exports.apigClientFactory = apigClientFactory
exports.createSigner = createSigner
exports.diagnose = diagnose
exports.newClient = newClient
