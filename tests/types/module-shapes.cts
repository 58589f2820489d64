// CommonJS in TypeScript.

import gatesign = require('gatesign')

export const same: (typeof gatesign.newClient)[] = [
  gatesign.newClient,
  gatesign.default.newClient,
  gatesign.apigClientFactory.newClient,
]
