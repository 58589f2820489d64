// The signers of AWS SDK v3 clients that have Signature Version 4A. A file of its own, which bundlers leave out where
// nobody imports them, with the module for it.

import { signatureV4 } from 'gatesign-src/smithy.ts'
import { createSigner as createV4aSigner } from './v4a-workerd.mjs'
import { createSigner } from './workerd.mjs'

const signerFor = (signs) => signatureV4(createSigner, { createSigner: createV4aSigner, signs })

export const SignatureV4a = signerFor(() => true)
export const SignatureV4MultiRegion = signerFor((region) => /[*,]/.test(region))
