// The signer of serverless-stack's sample, on the instance of `gatesign`.

import { sigV4ClientWith } from 'gatesign-sdk/sigv4client.ts'
import { createSigner } from './workerd.mjs'

export const sigV4Client = sigV4ClientWith(createSigner)
export default sigV4Client
