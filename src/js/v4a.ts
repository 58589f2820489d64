// createSigner of gatesign/v4a: Signature Version 4A, which signs for a set of regions.

import { newV4aSigner } from './jobs.ts'
import { newSignerWith } from './signer.ts'
import { typedOption } from './values.ts'

/** @param options see v4a.d.ts */
export const createSigner = (options: any) =>
  newSignerWith(
    options,
    (explanation) => explanation,
    (fields, { regionSet }) => newV4aSigner({ ...fields, region: regionSetOf(regionSet) }),
  )

/** Regions separated by commas, as in the header. */
function regionSetOf(value: unknown) {
  const list = Array.isArray(value) ? value : [value ?? '']
  return list.map((region) => typedOption('regionSet', region, 'string').trim()).join(',')
}
