// The part of the package that reads refusals: loaded with the first answer, not with the page.

export type { Diagnosis } from 'gatesign'
export { diagnose } from 'gatesign/diagnose'
