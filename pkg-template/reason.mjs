// What client.mjs and diagnose.mjs share, so that a page that has both has it once: how a refusal is read, the rules
// without their hints, and what hides secrets. Not for import by others.

export { fieldsOf, readAnswer } from 'gatesign-diagnose/answer.ts'
export { serverTimeIn, timeIn } from 'gatesign-diagnose/cause.ts'
export { reasonOf, useWhole } from 'gatesign-diagnose/reason.ts'
export { hider, redact, redactedHeaders } from 'gatesign-diagnose/redact.ts'
export { parseRefusal } from 'gatesign-diagnose/refusal.ts'
export { ruleFor } from 'gatesign-diagnose/rules.ts'
export { after, before, trim } from 'gatesign-diagnose/text.ts'
