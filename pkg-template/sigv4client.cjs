// The signer of serverless-stack's sample, on the instance of the main entry.

const { createSigner } = require('./node.cjs')
const { sigV4ClientWith } = require('gatesign-sdk/sigv4client.ts')

exports.__esModule = true
exports.sigV4Client = sigV4ClientWith(createSigner)
exports.default = exports.sigV4Client
