// gatesign/slim where `require` loads it under browsers' conditions (Jest with jsdom): a script there has no
// address to find a file next to it, so it is the main entry's instance, and an init() that is always done.

const gatesign = require('./web.cjs')

exports.__esModule = true
exports.default = gatesign.default
exports.apigClientFactory = gatesign.apigClientFactory
exports.createSigner = gatesign.createSigner
exports.diagnose = gatesign.diagnose
exports.newClient = gatesign.newClient
exports.init = async () => {}
