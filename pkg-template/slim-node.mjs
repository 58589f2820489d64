// One instance for both module systems.

import cjs from './slim-node.cjs'

export const { apigClientFactory, createSigner, diagnose, init, newClient } = cjs
export default apigClientFactory
