// What every entry exports.

import { diagnose } from '../diagnose/diagnose.ts'
import { newClient } from './client.ts'
import { endpointOf, warned } from './host.ts'
import { newSignerWith } from './signer.ts'

/** @param options see index.d.ts */
const createSigner = (options: unknown) => newSignerWith(options, warned)

/** The shape of `require('aws-api-gateway-client').default`. */
const apigClientFactory = { newClient }
// In Node's ES modules the old package, which is CommonJS, is used as `x.default.newClient`.
Object.defineProperty(apigClientFactory, 'default', { value: apigClientFactory })

export { apigClientFactory, apigClientFactory as default, createSigner, diagnose, endpointOf, newClient }
