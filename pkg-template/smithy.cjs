// The signer of AWS SDK v3 clients, on the instance of the main entry.

const { createSigner } = require('./node.cjs')
const { signatureV4 } = require('gatesign-src/smithy.js')

exports.__esModule = true
exports.SignatureV4 = signatureV4(createSigner)
