/**
 * `diagnose` alone, for pages that read refusals and make no calls. The main entry has it too; there bundlers leave it
 * out where it is not imported.
 */

export type { Diagnosis, Explanation } from './index.js'
export { diagnose } from './index.js'
