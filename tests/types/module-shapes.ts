// Every way in which the package is imported gives the same functions.

import * as namespace from 'gatesign'
import apigClientFactory, { apigClientFactory as named, newClient } from 'gatesign'

export const same: (typeof newClient)[] = [
  newClient,
  apigClientFactory.newClient,
  apigClientFactory.default.newClient,
  named.newClient,
  namespace.newClient,
  namespace.default.newClient,
]
