// What every entry exports.

import { diagnose } from '../diagnose/diagnose.ts'
import { newClient } from './client.js'
import { endpointOf, warned } from './host.js'
import { newSignerWith } from './signer.js'

/** @param {unknown} options see index.d.ts */
const createSigner = (options) => newSignerWith(options, warned)

/** The shape of `require('aws-api-gateway-client').default`. */
const apigClientFactory = { newClient }
// Node's ES modules give the old package, which is CommonJS, as `x.default.newClient`.
Object.defineProperty(apigClientFactory, 'default', { value: apigClientFactory })

export { apigClientFactory, apigClientFactory as default, createSigner, diagnose, endpointOf, newClient }
