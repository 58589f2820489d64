// The signer of AWS SDK v3 clients, on the instance of web.cjs.

import { signatureV4 } from 'gatesign-src/smithy.js'
import { createSigner } from './web.cjs'

export const SignatureV4 = signatureV4(createSigner)
