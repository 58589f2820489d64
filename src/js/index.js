// What every entry exports.

import { newClient } from './client.js'
import { diagnose } from './diagnose.js'
import { createSigner } from './signer.js'

/** The shape of `require('aws-api-gateway-client').default`. */
const apigClientFactory = { newClient }

export { apigClientFactory, apigClientFactory as default, createSigner, diagnose, newClient }
