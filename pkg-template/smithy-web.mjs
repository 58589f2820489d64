// The signer of AWS SDK v3 clients, on the instance of the main entry.

import { signatureV4 } from 'gatesign-src/smithy.ts'
import { createSigner } from './client.mjs'

export { SignatureV4a, SignatureV4MultiRegion } from './smithy-v4a.mjs'

export const SignatureV4 = signatureV4(createSigner)
