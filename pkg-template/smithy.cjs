// The signers of AWS SDK v3 clients, on the instances of the main entry and of gatesign/v4a.

const { createSigner } = require('./node.cjs')
const { createSigner: createV4aSigner } = require('./v4a.cjs')
const { signatureV4 } = require('gatesign-src/smithy.ts')

const signerFor = (signs) => signatureV4(createSigner, { createSigner: createV4aSigner, signs })

exports.__esModule = true
exports.SignatureV4 = signatureV4(createSigner)
exports.SignatureV4a = signerFor(() => true)
exports.SignatureV4MultiRegion = signerFor((region) => /[*,]/.test(region))
