// What reads refusals. The client has it as well: from the client's entry it is loaded once.

export type { Diagnosis } from 'gatesign'
export { diagnose } from 'gatesign/slim'
