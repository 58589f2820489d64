// gatesign/slim in Node, Deno and Bun, where there is nothing to download: the main entry's instance,
// and an init() that is always done. Code that is rendered on a server too needs no branch.

const gatesign = require('./node.cjs')

exports.__esModule = true
exports.default = gatesign.default
exports.apigClientFactory = gatesign.apigClientFactory
exports.createSigner = gatesign.createSigner
exports.diagnose = gatesign.diagnose
exports.endpointOf = gatesign.endpointOf
exports.newClient = gatesign.newClient
exports.init = async () => {}
