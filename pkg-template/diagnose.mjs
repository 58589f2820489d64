// diagnose alone: it needs no module.

export { diagnose } from 'gatesign-diagnose/diagnose.ts'
