// The verifier, on the instance of the main entry.

const { createSigner } = require('./node.cjs')
const { verifyWith } = require('gatesign-verify/verify.ts')

exports.__esModule = true
exports.verify = verifyWith(createSigner)
