// The verifier, on the instance of the main entry.

import { verifyWith } from 'gatesign-verify/verify.ts'
import { createSigner } from './client.mjs'

export const verify = verifyWith(createSigner)
