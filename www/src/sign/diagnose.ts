// Reads refusals; loaded when there is one.

export type { Diagnosis } from 'gatesign'
export { diagnose } from 'gatesign/diagnose'
