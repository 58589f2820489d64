// The verifier, on the instance of the main entry.

import { verifyWith } from 'gatesign-verify/verify.ts'
import { createSigner } from './workerd.mjs'

export const verify = verifyWith(createSigner)
