// One instance for both module systems.

import cjs from './node.cjs'

export const { apigClientFactory, createSigner, diagnose, newClient } = cjs
export default apigClientFactory
