// gatesign/signer and gatesign/diagnose: the main entry's functions and types, alone. gatesign/v4a: a signer of its own.

import { newClient } from 'gatesign'
import { type Diagnosis, diagnose } from 'gatesign/diagnose'
import { createSigner, type Signer, type SignerOptions } from 'gatesign/signer'
import * as v4a from 'gatesign/v4a'

const options: SignerOptions = { accessKeyId: 'A', secretAccessKey: 'B', region: 'us-east-1', service: 's3' }
const signer: Signer = createSigner(options)

export const url: string = signer.presign({ url: 'https://bucket.example/', expiresIn: 60 })
export const diagnosis: Diagnosis = diagnose('Signature expired', signer.explain({ url }))
// @ts-expect-error: a signer needs its region
createSigner({ accessKeyId: 'A', secretAccessKey: 'B', service: 's3' })
// @ts-expect-error: there is something to diagnose
diagnose()

const forRegions: v4a.V4aSignerOptions = {
  accessKeyId: 'A',
  secretAccessKey: 'B',
  regionSet: '*',
  service: 's3',
}
export const signed: string = v4a
  .createSigner(forRegions)
  .presign({ url: 'https://bucket.example/', expiresIn: 60 })
newClient({
  invokeUrl: 'https://api.example/stage',
  signature: v4a.v4a,
  regionSet: ['us-east-1', 'eu-west-1'],
})
// @ts-expect-error: it signs for a set of regions
v4a.createSigner({ accessKeyId: 'A', secretAccessKey: 'B', region: 'us-east-1', service: 's3' })
// @ts-expect-error: no other object signs
newClient({ invokeUrl: 'https://api.example/stage', signature: {} })
