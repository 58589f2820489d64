// The signer of serverless-stack's sample, on the instance of `gatesign/signer`.

import { sigV4ClientWith } from 'gatesign-sdk/sigv4client.ts'
import { createSigner } from './signer.mjs'

export const sigV4Client = sigV4ClientWith(createSigner)
export default sigV4Client
