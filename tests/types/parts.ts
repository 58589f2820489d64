// gatesign/signer and gatesign/diagnose: the main entry's functions and types, alone.

import { type Diagnosis, diagnose } from 'gatesign/diagnose'
import { createSigner, type Signer, type SignerOptions } from 'gatesign/signer'

const options: SignerOptions = { accessKeyId: 'A', secretAccessKey: 'B', region: 'us-east-1', service: 's3' }
const signer: Signer = createSigner(options)

export const url: string = signer.presign({ url: 'https://bucket.example/', expiresIn: 60 })
export const diagnosis: Diagnosis = diagnose('Signature expired', signer.explain({ url }))
// @ts-expect-error: a signer needs its region
createSigner({ accessKeyId: 'A', secretAccessKey: 'B', service: 's3' })
// @ts-expect-error: there is something to diagnose
diagnose()
